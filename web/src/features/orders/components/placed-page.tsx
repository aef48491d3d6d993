import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { orderQuery } from "@/features/orders/api/get-order";
import { Handover } from "@/features/orders/components/handover";
import { Pending } from "@/features/orders/components/pending";
import styles from "@/features/orders/components/placed-page.module.css";
import { useFormat } from "@/i18n/format";
import { useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { FailedPage } from "@/ui/failed-page";
import { PageTitle } from "@/ui/page-title";

/** The order numbers, each followed until SAP has it. */
export function PlacedPage() {
  const { t } = useLingui();
  const { group } = useParams({ from: "/placed/$group" });
  const { orders } = useSearch({ from: "/placed/$group" });
  const numbers = Array.from(
    { length: orders },
    (_, index) => `${group}-${String(index + 1).padStart(3, "0")}`,
  );
  const { data, error, refetch } = useQuery(orderQuery(useScopeKey(), numbers[0]!));
  if (error) {
    const back = (
      <Link to="/orders" search={{}}>
        <Trans>To the orders</Trans>
      </Link>
    );
    return <FailedPage error={error} onRetry={() => void refetch()} back={back} />;
  }
  return (
    <div className={styles.page}>
      <PageTitle>{t`Ordered`}</PageTitle>
      <h1>
        {data?.status === "pending_approval" ? (
          <Trans>Thank you. It waits for approval.</Trans>
        ) : (
          <Trans>Thank you, it is ordered.</Trans>
        )}
      </h1>
      {data?.status === "pending_approval" ? (
        <Pending group={group} />
      ) : (
        <Plural
          value={orders}
          one="You have # order. It is handed over to our order processing now; you may leave this page."
          other="You have # orders. They are handed over to our order processing now; you may leave this page."
        />
      )}
      <ul className={styles.list}>
        {(data ? numbers : numbers.slice(0, 1)).map((number) => (
          <PlacedOrder key={number} number={number} />
        ))}
      </ul>
    </div>
  );
}

function PlacedOrder({ number }: { number: string }) {
  const format = useFormat();
  const windowName = useWindowName();
  const { data: order } = useQuery(orderQuery(useScopeKey(), number));
  return (
    <li className={styles.order}>
      <div className={styles.line}>
        <Link to="/orders/$number" params={{ number }}>
          {number}
        </Link>
        {order && <strong>{format.money(order.net)}</strong>}
      </div>
      {order && (
        <p>
          {order.door.name} · {windowName(order)} · {format.date(order.requested_on)}
        </p>
      )}
      {order && <Handover order={order} />}
    </li>
  );
}
