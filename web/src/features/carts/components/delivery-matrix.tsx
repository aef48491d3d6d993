import { Plural, Trans } from "@lingui/react/macro";
import styles from "@/features/carts/components/delivery-matrix.module.css";
import { useFormat } from "@/i18n/format";
import type { Cart, Delivery, DeliveryKey } from "@/shared/cart/types";
import { Counted } from "@/shared/quantity/counted";

interface Props {
  cart: Cart;
  onGo: (delivery: DeliveryKey) => void;
}

/** The orders that the cart makes: doors by delivery windows. */
export function DeliveryMatrix({ cart, onGo }: Props) {
  const format = useFormat();
  if (!cart.deliveries.length) return null;
  const windows = [...new Map(cart.deliveries.map((each) => [each.window, each])).values()].sort(
    (a, b) => (a.ship_from ?? "").localeCompare(b.ship_from ?? ""),
  );
  const doors = [...new Map(cart.deliveries.map((each) => [each.door, each.door_name]))];
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <caption>
          <Plural
            value={cart.deliveries.length}
            one="This cart makes # order."
            other="This cart makes # orders."
          />
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Door</Trans>
            </th>
            {windows.map((window) => (
              <th key={window.window} scope="col" className={styles.figure}>
                {window.kind === "at_once" ? <Trans>At once</Trans> : window.window}
                <small>
                  {window.ship_from && window.ship_to
                    ? format.dates(window.ship_from, window.ship_to)
                    : ""}
                </small>
              </th>
            ))}
            {windows.length > 1 && (
              <th scope="col" className={styles.figure}>
                <Trans>Total</Trans>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {doors.map(([door, name]) => (
            <tr key={door}>
              <th scope="row">{name}</th>
              {windows.map(({ window }) => (
                <DeliveryCell
                  key={window}
                  onGo={onGo}
                  delivery={cart.deliveries.find(
                    (each) => each.door === door && each.window === window,
                  )}
                />
              ))}
              {windows.length > 1 && (
                <Sum deliveries={cart.deliveries.filter((each) => each.door === door)} />
              )}
            </tr>
          ))}
        </tbody>
        {doors.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">
                <Trans>Total</Trans>
              </th>
              {windows.map(({ window }) => (
                <Sum
                  key={window}
                  deliveries={cart.deliveries.filter((each) => each.window === window)}
                />
              ))}
              {windows.length > 1 && <Sum deliveries={cart.deliveries} />}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Sum({ deliveries }: { deliveries: Delivery[] }) {
  const format = useFormat();
  const pieces = deliveries.reduce((sum, each) => sum + each.pieces, 0);
  const unit = deliveries.every((each) => each.unit === "PR") ? "PR" : "PCE";
  const amount = deliveries.reduce((sum, each) => sum + each.net.amount, 0);
  const currency = deliveries[0]?.net.currency;
  return (
    <td className={`${styles.figure} ${styles.sum}`}>
      {currency && format.money({ amount, currency })}
      <small>
        <Counted value={pieces} unit={unit} />
      </small>
    </td>
  );
}

function DeliveryCell({ delivery, onGo }: { delivery: Delivery | undefined; onGo: Props["onGo"] }) {
  const format = useFormat();
  if (!delivery) return <td className={styles.figure}>–</td>;
  const missing = format.money(delivery.missing);
  return (
    <td className={styles.figure}>
      <a
        href={`#${delivery.door}-${delivery.window}`}
        onClick={(event) => {
          event.preventDefault();
          onGo(delivery);
        }}
      >
        {format.money(delivery.net)}
      </a>
      <small>
        <Counted value={delivery.pieces} unit={delivery.unit} />
      </small>
      {delivery.missing.amount > 0 && (
        <small className={styles.missing}>
          <Trans>{missing} to the minimum</Trans>
        </small>
      )}
    </td>
  );
}
