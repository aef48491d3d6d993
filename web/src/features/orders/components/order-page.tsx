import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { isCancellable } from "@/features/orders/cancellable";
import { type Order, orderQuery } from "@/features/orders/api/get-order";
import { CancelOrder } from "@/features/orders/components/cancel-order";
import styles from "@/features/orders/components/order-page.module.css";
import { Handover } from "@/features/orders/components/handover";
import { Reorder } from "@/features/orders/components/reorder";
import { StatusText } from "@/features/orders/components/status-text";
import { useFormat } from "@/i18n/format";
import { useScope, useScopeKey } from "@/shared/scope";
import { FailedPage } from "@/ui/failed-page";
import { PageTitle } from "@/ui/page-title";

/** One order: where it is, what happened to it, what was ordered and confirmed. */
export function OrderPage() {
  const { number } = useParams({ from: "/orders/$number" });
  const { mayOrder } = useScope();
  const { data: order, error, refetch } = useQuery(orderQuery(useScopeKey(), number));
  if (error && !order) return <FailedPage error={error} onRetry={() => void refetch()} />;
  if (!order) {
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  }
  return (
    <article className={styles.page}>
      <PageTitle>{order.number}</PageTitle>
      <p>
        <Link to="/orders" search={{}}>
          <Trans>Orders</Trans>
        </Link>
      </p>
      <header className={styles.head}>
        <div>
          <h1>
            <Trans>Order {order.number}</Trans>
          </h1>
          <StatusText status={order.status} />
        </div>
        {mayOrder && (
          <div className={styles.actions}>
            <Reorder order={order} />
            {isCancellable(order) && <CancelOrder order={order} />}
          </div>
        )}
      </header>
      <div className={styles.columns}>
        <Facts order={order} />
        <Timeline order={order} />
      </div>
      <Lines order={order} />
    </article>
  );
}

function Facts({ order }: { order: Order }) {
  const { t } = useLingui();
  const format = useFormat();
  const address = order.door.address;
  const facts: [string, string][] = [
    [t`PO number`, order.po_number],
    [
      t`Deliver to`,
      `${order.door.name}, ${address.street}, ${address.postal_code} ${address.city}`,
    ],
    [t`Delivery`, order.at_once ? t`At once` : order.window],
    [t`Wanted on`, format.date(order.requested_on)],
    ...(order.cancel_by
      ? [[t`Not later than`, format.date(order.cancel_by)] as [string, string]]
      : []),
    [t`Payment terms`, order.payment_terms],
    [t`Incoterms`, `${order.incoterms} ${order.incoterms_place}`],
    [t`Net`, format.money(order.net)],
    [t`VAT`, format.money(order.vat.amount)],
    [t`Total`, format.money(order.gross)],
  ];
  return (
    <section className={styles.panel}>
      <Handover order={order} />
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {order.vat.note && <p className={styles.note}>{order.vat.note}</p>}
    </section>
  );
}

function Timeline({ order }: { order: Order }) {
  const format = useFormat();
  return (
    <section className={styles.panel}>
      <h2>
        <Trans>What happened</Trans>
      </h2>
      <ol className={styles.timeline}>
        {order.history.map((step) => (
          <li key={step.at + step.status}>
            <StatusText status={step.status} />
            <small>
              {format.moment(step.at)} · {step.by}
            </small>
            {step.reason && <p>{step.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Lines({ order }: { order: Order }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <section className={styles.scroll} aria-label={t`Order lines`} tabIndex={0}>
      <table className={styles.lines}>
        <caption>
          <Plural value={order.pieces} one="# piece" other="# pieces" />
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Article</Trans>
            </th>
            <th scope="col">
              <Trans>Size</Trans>
            </th>
            <th scope="col" className={styles.figure}>
              <Trans>Ordered</Trans>
            </th>
            <th scope="col" className={styles.figure}>
              <Trans>Confirmed</Trans>
            </th>
            <th scope="col" className={styles.figure}>
              <Trans>Price</Trans>
            </th>
            <th scope="col" className={styles.figure}>
              <Trans>Amount</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.position}>
              <td>
                {line.style_name}, {line.colour_name}
                <small>{line.sku}</small>
              </td>
              <td>{line.size_name}</td>
              <td className={styles.figure}>{format.number(line.quantity)}</td>
              <td className={styles.figure}>
                {line.rejected && <Trans>rejected</Trans>}
                {line.confirmed.map((each) => {
                  const pieces = format.number(each.quantity);
                  const day = format.date(each.on);
                  return (
                    <span key={each.on} className={styles.confirmed}>
                      <Trans>
                        {pieces} on {day}
                      </Trans>
                    </span>
                  );
                })}
              </td>
              <td className={styles.figure}>{format.unitPrice(line.unit_price)}</td>
              <td className={styles.figure}>{format.money(line.amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
