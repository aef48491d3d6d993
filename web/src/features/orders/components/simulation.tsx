import { Trans } from "@lingui/react/macro";
import type { SimulatedOrder } from "@/features/orders/api/simulate-order";
import styles from "@/features/orders/components/simulation.module.css";
import type { Asked } from "@/features/orders/use-simulation";
import { type Cart, deliveryKey } from "@/shared/cart/types";
import { useWindowName } from "@/shared/window-name";
import { Notice } from "@/ui/notice";

export const ACCEPTANCE = "sap-acceptance";

interface Props {
  asked: Asked;
  cart: Cart;
  isAccepted: boolean;
  onAccept: (isAccepted: boolean) => void;
}

/** What SAP says of the orders before they are placed, as far as it is other than what is shown. */
export function Simulated({ asked: { answer, isAsking }, cart, isAccepted, onAccept }: Props) {
  if (isAsking)
    return (
      <p role="status" className={styles.asking}>
        <Trans>The brand is being asked what it confirms. You need not wait.</Trans>
      </p>
    );
  if (!answer) return null;
  return (
    <>
      {/* Where SAP says nothing of any order, one reason is enough. */}
      {byNotice(answer.orders).map(([notice, orders]) => (
        <Notice key={notice} kind="info">
          {orders.length < answer.orders.length && <Names cart={cart} orders={orders} />}
          {notice}
        </Notice>
      ))}
      {answer.orders.filter(differs).map((order) => (
        <Notice key={deliveryKey(order)} kind="warning">
          <Names cart={cart} orders={[order]} />
          <ul className={styles.shortfalls}>
            {order.shortfalls.map(({ sku, text }) => (
              <li key={sku}>{text}</li>
            ))}
          </ul>
          {order.price_difference}
        </Notice>
      ))}
      {answer.to_accept && (
        <label className={styles.acceptance}>
          <input
            id={ACCEPTANCE}
            type="checkbox"
            checked={isAccepted}
            onChange={(event) => onAccept(event.target.checked)}
          />
          {answer.to_accept}
        </label>
      )}
    </>
  );
}

const differs = (order: SimulatedOrder) => order.shortfalls.length > 0 || order.price_difference;

function byNotice(orders: SimulatedOrder[]): [string, SimulatedOrder[]][] {
  const found = new Map<string, SimulatedOrder[]>();
  for (const order of orders) {
    if (order.notice) found.set(order.notice, [...(found.get(order.notice) ?? []), order]);
  }
  return [...found];
}

/** Which orders are meant; of a cart that makes one, nobody asks. */
function Names({ cart, orders }: { cart: Cart; orders: SimulatedOrder[] }) {
  const windowName = useWindowName();
  if (cart.deliveries.length < 2) return null;
  const names = orders.map((order) => {
    const delivery = cart.deliveries.find((each) => deliveryKey(each) === deliveryKey(order));
    return `${delivery?.door_name ?? order.door} · ${windowName(delivery ?? order)}`;
  });
  return <strong className={styles.names}>{names.join(", ")}</strong>;
}
