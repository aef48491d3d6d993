import { Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import { Cards } from "@/features/orders/components/cards";
import { nameOf } from "@/features/orders/components/brand-notices";
import styles from "@/features/orders/components/shipments.module.css";
import { useFormat } from "@/i18n/format";
import { Counted } from "@/shared/quantity/counted";

type RelatedOrder = Order["related"][number];

/** What the brand made with reference to the order: returns, free deliveries, memos. */
export function Related({ order }: { order: Order }) {
  const { t } = useLingui();
  return (
    <Cards id="related" title={t`Belongs to this order`} documents={order.related}>
      {(one) => <RelatedCard related={one} unit={order.unit} />}
    </Cards>
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
