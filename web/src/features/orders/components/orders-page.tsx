import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { type OrderHead, ordersQuery } from "@/features/orders/api/list-orders";
import styles from "@/features/orders/components/orders-page.module.css";
import { StatusText, useStatusText } from "@/features/orders/components/status-text";
import { type OrderSearch, STATUSES } from "@/features/orders/search";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { DoorField } from "@/shared/door-field";
import { useLookedUpDoor } from "@/shared/doors";
import { Counted } from "@/shared/quantity/counted";
import { useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Milliseconds without a key before what was typed is looked for. */
const DEBOUNCE = 250;

/** The company's orders, by status, door, number and day. */
export function OrdersPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/orders" });
  const found = useInfiniteQuery(ordersQuery(useScopeKey(), search));
  const orders = found.data?.pages.flatMap((page) => page.orders) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Orders`}</PageTitle>
      <h1>
        <Trans>Orders</Trans>
      </h1>
      <Filters search={search} />
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.error && isFiltered(search) && <NoFilters />}
      {found.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {found.data && orders.length === 0 && <Nothing isFiltered={isFiltered(search)} />}
      <ul className={styles.list} aria-busy={found.isPlaceholderData}>
        {orders.map((order) => (
          <Row key={order.number} order={order} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button isDisabled={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </div>
  );
}

const isFiltered = (search: OrderSearch) =>
  Object.values(search).some((value) => value !== undefined);

function NoFilters() {
  return (
    <Link to="/orders" search={{}}>
      <Trans>Remove all filters</Trans>
    </Link>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <Notice>
      <Trans>No orders here.</Trans>
      {isFiltered ? (
        <NoFilters />
      ) : (
        <Link to="/catalog" search={{}}>
          <Trans>To the catalogue</Trans>
        </Link>
      )}
    </Notice>
  );
}

function Row({ order }: { order: OrderHead }) {
  const format = useFormat();
  const actor = useActor();
  const windowName = useWindowName();
  const placed = format.moment(order.placed_at);
  const sap = order.sap_number;
  return (
    <li className={styles.row}>
      <div className={styles.cell}>
        <Link to="/orders/$number" params={{ number: order.number }}>
          {order.number}
        </Link>
        <small>
          {order.po_number}
          {sap && (
            <>
              {" · "}
              <Trans>Brand's order number: {sap}</Trans>
            </>
          )}
        </small>
      </div>
      <div className={styles.cell}>
        {order.door.name}
        <small>
          {windowName(order)} · {format.date(order.requested_on)}
        </small>
      </div>
      <div className={styles.cell}>
        {actor({ by: order.placed_by, by_kind: order.placed_by_kind })}
        <small>{placed}</small>
      </div>
      <div className={`${styles.cell} ${styles.amount}`}>
        <strong>{format.money(order.net)}</strong>
        <small>
          <Counted value={order.pieces} unit={order.unit} />
        </small>
      </div>
      <div className={`${styles.cell} ${styles.state}`}>
        <StatusText status={order.status} />
        {order.holds.length > 0 && (
          <small className={styles.held}>
            <Trans>Held back by the brand</Trans>
          </small>
        )}
        {order.brand_changed_at && (
          <small>
            <Trans>Changed by the brand</Trans>
          </small>
        )}
      </div>
    </li>
  );
}

function Filters({ search }: { search: OrderSearch }) {
  const { t } = useLingui();
  useLookedUpDoor(search.door);
  const text = useStatusText();
  const navigate = useNavigate({ from: "/orders" });
  const set = (name: keyof OrderSearch, value: string) => {
    const { [name]: _, ...rest } = search;
    void navigate({ search: value ? { ...rest, [name]: value } : rest, replace: true });
  };
  return (
    <form role="search" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
      <Select
        label={t`Status`}
        value={search.status ?? ""}
        onChange={(value) => set("status", value)}
        options={[
          { value: "", label: t`All` },
          ...STATUSES.map((status) => ({ value: status, label: text(status) })),
        ]}
      />
      <DoorField
        label={t`Door`}
        value={search.door ?? ""}
        onChange={(value) => set("door", value)}
        none={t`All`}
        withBlocked
      />
      <NumberField q={search.q ?? ""} onChange={(q) => set("q", q)} />
      <TextField
        label={t`Placed from`}
        type="date"
        value={search.from ?? ""}
        onChange={(event) => set("from", event.target.value)}
      />
      <TextField
        label={t`Placed to`}
        type="date"
        value={search.to ?? ""}
        onChange={(event) => set("to", event.target.value)}
      />
    </form>
  );
}

/** Looked for as one types; follows the address when that changes by other means. */
function NumberField({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState(q);
  const asked = useRef(q);
  // What is set in the end starts from the filters of then.
  const ask = useRef(onChange);
  useEffect(() => {
    ask.current = onChange;
  });
  useEffect(() => {
    if (q === asked.current) return;
    asked.current = q;
    setText(q);
  }, [q]);
  useEffect(() => {
    const typed = text.trim();
    if (typed === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = typed;
      ask.current(typed);
    }, DEBOUNCE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextField
      label={t`PO or order number`}
      type="search"
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
