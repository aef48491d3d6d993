import { Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import { Cards } from "@/features/orders/components/cards";
import { nameOf } from "@/features/orders/components/brand-notices";
import styles from "@/features/orders/components/shipments.module.css";
import { useFormat } from "@/i18n/format";
import { Counted } from "@/shared/quantity/counted";

type Shipment = Order["shipments"][number];
type Invoice = Order["invoices"][number];

/** What has left for the door, by whom, and how to follow it. */
export function Shipments({ order }: { order: Order }) {
  const { t } = useLingui();
  return (
    <Cards id="shipments" title={t`Shipments`} documents={order.shipments}>
      {(shipment) => <ShipmentCard shipment={shipment} lines={order.lines} unit={order.unit} />}
    </Cards>
  );
}

/** What went back to the brand. */
export function Returned({ order }: { order: Order }) {
  const { t } = useLingui();
  return (
    <Cards id="returned" title={t`Returns`} documents={order.returned}>
      {(shipment) => (
        <ShipmentCard shipment={shipment} lines={order.lines} unit={order.unit} returned />
      )}
    </Cards>
  );
}

interface CardProps extends Pick<Order, "lines" | "unit"> {
  shipment: Shipment;
  returned?: boolean;
}

function ShipmentCard({ shipment, lines, unit, returned = false }: CardProps) {
  const format = useFormat();
  const { number, carrier, tracking } = shipment;
  const names = new Map(lines.map((line) => [line.position, line]));
  const pieces = shipment.lines.reduce((sum, each) => sum + each.quantity, 0);
  return (
    <>
      <h3>
        {returned ? <Trans>Return delivery {number}</Trans> : <Trans>Delivery {number}</Trans>}
      </h3>
      <ShipmentState shipment={shipment} returned={returned} />
      <OfAnother number={shipment.sales_order} />
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
      {shipment.sales_order ? (
        // Its positions are those of the other order.
        <p>
          <Counted value={pieces} unit={unit} />
        </p>
      ) : (
        <details>
          <summary>
            <Counted value={pieces} unit={unit} />
          </summary>
          <ul className={styles.lines}>
            {shipment.lines.map(({ position, quantity }) => {
              const line = names.get(position);
              return (
                <li key={position}>
                  <span>{line ? nameOf(line) : position}</span>
                  <span>{format.number(quantity)}</span>
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </>
  );
}

/** That it is of another order of the brand's, which belongs to this one. */
function OfAnother({ number }: { number: string }) {
  if (!number) return null;
  return (
    <p>
      <Trans>Of order {number} at the brand</Trans>
    </p>
  );
}

function ShipmentState({ shipment, returned }: { shipment: Shipment; returned: boolean }) {
  const format = useFormat();
  if (shipment.cancelled) {
    return (
      <p className={styles.cancelled}>
        <Trans>Cancelled</Trans>
      </p>
    );
  }
  if (!shipment.shipped_at) {
    return <p>{returned ? <Trans>Not yet arrived</Trans> : <Trans>Being packed</Trans>}</p>;
  }
  const day = format.date(shipment.shipped_at);
  return <p>{returned ? <Trans>Arrived on {day}</Trans> : <Trans>Shipped on {day}</Trans>}</p>;
}

/** What was billed. */
export function Invoices({ invoices }: { invoices: Invoice[] }) {
  const { t } = useLingui();
  return (
    <Cards id="invoices" title={t`Invoices`} documents={invoices}>
      {({ number, ...invoice }) => (
        <>
          <h3>
            <Trans>Invoice {number}</Trans>
          </h3>
          <BillingFacts document={invoice} />
        </>
      )}
    </Cards>
  );
}

/** What was credited. */
export function CreditMemos({ memos }: { memos: Invoice[] }) {
  const { t } = useLingui();
  return (
    <Cards id="credit-memos" title={t`Credit memos`} documents={memos}>
      {({ number, ...memo }) => (
        <>
          <h3>
            <Trans>Credit memo {number}</Trans>
          </h3>
          <BillingFacts document={memo} />
        </>
      )}
    </Cards>
  );
}

function BillingFacts({
  document: { on, net, gross, ...more },
}: {
  document: Omit<Invoice, "number">;
}) {
  const format = useFormat();
  const reversal = more.cancelled_by;
  return (
    <>
      {reversal && (
        <p className={styles.cancelled}>
          <Trans>Cancelled by {reversal}</Trans>
        </p>
      )}
      <OfAnother number={more.sales_order} />
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
    </>
  );
}
