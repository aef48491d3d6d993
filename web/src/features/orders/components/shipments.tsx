import { Trans } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import styles from "@/features/orders/components/shipments.module.css";
import { useFormat } from "@/i18n/format";
import { Counted } from "@/shared/quantity/counted";

type Shipment = Order["shipments"][number];
type Invoice = Order["invoices"][number];

/** What has left for the door, by whom, and how to follow it. */
export function Shipments({ order }: { order: Order }) {
  if (!order.shipments.length) return null;
  return (
    <section className={styles.section} aria-labelledby="shipments">
      <h2 id="shipments">
        <Trans>Shipments</Trans>
      </h2>
      <ul className={styles.cards}>
        {order.shipments.map((shipment) => (
          <li key={shipment.number} className={styles.card}>
            <ShipmentCard shipment={shipment} lines={order.lines} unit={order.unit} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CardProps extends Pick<Order, "lines" | "unit"> {
  shipment: Shipment;
}

function ShipmentCard({ shipment, lines, unit }: CardProps) {
  const format = useFormat();
  const { number, carrier, tracking } = shipment;
  const names = new Map(lines.map((line) => [line.position, line]));
  const pieces = shipment.lines.reduce((sum, each) => sum + each.quantity, 0);
  return (
    <>
      <h3>
        <Trans>Delivery {number}</Trans>
      </h3>
      <ShipmentState shipment={shipment} />
      <dl className={styles.facts}>
        {carrier && (
          <div>
            <dt>
              <Trans>Carrier</Trans>
            </dt>
            <dd>{carrier}</dd>
          </div>
        )}
        {tracking && (
          <div>
            <dt>
              <Trans>Tracking number</Trans>
            </dt>
            <dd className={styles.tracking}>{tracking}</dd>
          </div>
        )}
      </dl>
      <details>
        <summary>
          <Counted value={pieces} unit={unit} />
        </summary>
        <ul className={styles.lines}>
          {shipment.lines.map(({ position, quantity }) => {
            const line = names.get(position);
            return (
              <li key={position}>
                <span>
                  {line ? `${line.style_name}, ${line.colour_name}, ${line.size_name}` : position}
                </span>
                <span>{format.number(quantity)}</span>
              </li>
            );
          })}
        </ul>
      </details>
    </>
  );
}

function ShipmentState({ shipment }: { shipment: Shipment }) {
  const format = useFormat();
  if (shipment.cancelled) {
    return (
      <p className={styles.cancelled}>
        <Trans>Cancelled</Trans>
      </p>
    );
  }
  if (!shipment.shipped_at) {
    return (
      <p>
        <Trans>Being packed</Trans>
      </p>
    );
  }
  const day = format.date(shipment.shipped_at);
  return (
    <p>
      <Trans>Shipped on {day}</Trans>
    </p>
  );
}

/** What was billed. */
export function Invoices({ invoices }: { invoices: Invoice[] }) {
  const format = useFormat();
  if (!invoices.length) return null;
  return (
    <section className={styles.section} aria-labelledby="invoices">
      <h2 id="invoices">
        <Trans>Invoices</Trans>
      </h2>
      <ul className={styles.cards}>
        {invoices.map(({ number, on, net, gross, cancelled_by: reversal }) => (
          <li key={number} className={styles.card}>
            <h3>
              <Trans>Invoice {number}</Trans>
            </h3>
            {reversal && (
              <p className={styles.cancelled}>
                <Trans>Cancelled by {reversal}</Trans>
              </p>
            )}
            <dl className={styles.facts}>
              <div>
                <dt>
                  <Trans>Date</Trans>
                </dt>
                <dd>{format.date(on)}</dd>
              </div>
              <div>
                <dt>
                  <Trans>Net</Trans>
                </dt>
                <dd>{format.money(net)}</dd>
              </div>
              <div>
                <dt>
                  <Trans>Total</Trans>
                </dt>
                <dd>{format.money(gross)}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
