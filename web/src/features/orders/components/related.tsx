import { Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import { nameOf } from "@/features/orders/components/brand-notices";
import styles from "@/features/orders/components/shipments.module.css";
import { useFormat } from "@/i18n/format";
import { Counted } from "@/shared/quantity/counted";

type RelatedOrder = Order["related"][number];

/** What the brand made with reference to the order: returns, free deliveries, memos. */
export function Related({ order }: { order: Order }) {
  if (!order.related.length) return null;
  return (
    <section className={styles.section} aria-labelledby="related">
      <h2 id="related">
        <Trans>Belongs to this order</Trans>
      </h2>
      <ul className={styles.cards}>
        {order.related.map((one) => (
          <li key={one.number} className={styles.card}>
            <RelatedCard related={one} unit={order.unit} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RelatedCard({ related, unit }: { related: RelatedOrder; unit: Order["unit"] }) {
  const { t } = useLingui();
  const format = useFormat();
  const { number, kind, on, rejected, items } = related;
  const kinds: Record<RelatedOrder["kind"], string> = {
    return: t`Return ${number}`,
    free_delivery: t`Free delivery ${number}`,
    credit_memo: t`Credit ${number}`,
    debit_memo: t`Additional charge ${number}`,
    second_order: t`Further order ${number}`,
  };
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <>
      <h3>{kinds[kind]}</h3>
      {rejected && (
        <p className={styles.cancelled}>
          <Trans>Rejected</Trans>
        </p>
      )}
      <dl className={styles.facts}>
        <div>
          <dt>
            <Trans>Date</Trans>
          </dt>
          <dd>{format.date(on)}</dd>
        </div>
      </dl>
      {items.length > 0 && (
        <details>
          <summary>
            <Counted value={pieces} unit={unit} />
          </summary>
          <ul className={styles.lines}>
            {items.map(({ article, item, quantity }) => (
              <li key={article}>
                <span>{item ? nameOf(item) : article}</span>
                <span>{format.number(quantity)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
