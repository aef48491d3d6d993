import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type Order, orderQuery } from "@/features/orders/api/get-order";
import { BrandNotices, nameOf } from "@/features/orders/components/brand-notices";
import { CancelOrder } from "@/features/orders/components/cancel-order";
import { ChangeNotice } from "@/features/orders/components/change-notice";
import { ChangeOrder } from "@/features/orders/components/change-order";
import { Documents } from "@/features/orders/components/documents";
import styles from "@/features/orders/components/order-page.module.css";
import { Handover } from "@/features/orders/components/handover";
import { OrderTimeline } from "@/features/orders/components/order-timeline";
import { Related } from "@/features/orders/components/related";
import { Pending } from "@/features/orders/components/pending";
import { Proposal } from "@/features/orders/components/proposal";
import { Reorder } from "@/features/orders/components/reorder";
import { CreditMemos, Invoices, Returned, Shipments } from "@/features/orders/components/shipments";
import { StatusText } from "@/features/orders/components/status-text";
import { Substitutions } from "@/features/orders/components/substitutions";
import { VatChecks } from "@/features/orders/components/vat-checks";
import { Versions } from "@/features/orders/components/versions";
import { useFormat } from "@/i18n/format";
import { Counted } from "@/shared/quantity/counted";
import { useScope, useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { FailedPage } from "@/ui/failed-page";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";
import { Table } from "@/ui/table";

/** One order: where it is, what happened to it, what was ordered and confirmed. */
export function OrderPage() {
  const { number } = useParams({ from: "/orders/$number" });
  const { mayOrder } = useScope();
  const { data: order, error, refetch } = useQuery(orderQuery(useScopeKey(), number));
  const [changing, setChanging] = useState<Order | null>(null);
  const [warnings, setWarnings] = useState<string[]>([]);
  if (error && !order) {
    const back = (
      <Link to="/orders" search={{}}>
        <Trans>To the orders</Trans>
      </Link>
    );
    return <FailedPage error={error} onRetry={() => void refetch()} back={back} />;
  }
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
            <Trans>
              Order <span className={styles.number}>{order.number}</span>
            </Trans>
          </h1>
          <StatusText status={order.status} />
        </div>
        {mayOrder && (
          <div className={styles.actions}>
            <Reorder order={order} />
            {order.may_change.allowed && !changing && (
              <Button onPress={() => setChanging(order)}>
                <Trans>Change the order</Trans>
              </Button>
            )}
            {order.may_cancel.allowed && !changing && <CancelOrder order={order} />}
          </div>
        )}
      </header>
      {mayOrder && <Permission order={order} />}
      {order.status === "pending_approval" && <Pending group={order.group} />}
      <Proposal order={order} />
      <BrandNotices order={order} />
      <Substitutions order={order} mayOrder={mayOrder} />
      {warnings.map((detail) => (
        <Notice key={detail} kind="warning">
          {detail}
        </Notice>
      ))}
      {changing && (
        <ChangeOrder
          order={changing}
          onEnd={(told) => {
            setWarnings(told);
            setChanging(null);
          }}
        />
      )}
      <div className={styles.columns}>
        <Facts order={order} />
        <div className={styles.page}>
          <OrderTimeline order={order} />
          <Versions order={order} />
        </div>
      </div>
      <Shipments order={order} />
      <Invoices invoices={order.invoices} />
      <Related order={order} />
      <Returned order={order} />
      <CreditMemos memos={order.credit_memos} />
      {!changing && <Lines order={order} />}
    </article>
  );
}

/** Until when it can be changed, or what keeps it from that as long as it is on its way. */
function Permission({ order: { may_change: change, status } }: { order: Order }) {
  const format = useFormat();
  if (["cancelled", "rejected", "closed"].includes(status)) return null;
  if (!change.allowed) return <p className={styles.note}>{change.why_not}</p>;
  if (!change.until) return null;
  const day = format.date(change.until);
  return (
    <p className={styles.note}>
      <Trans>Can be changed until {day}, as long as its delivery has not begun.</Trans>
    </p>
  );
}

function Facts({ order }: { order: Order }) {
  const { t } = useLingui();
  const windowName = useWindowName();
  const format = useFormat();
  const facts: [string, string][] = [
    [t`PO number`, order.po_number],
    [t`Deliver to`, [order.door.name, ...order.door.address_lines].join(", ")],
    [t`Delivery`, windowName(order)],
    [t`Wanted on`, format.date(order.requested_on)],
    ...(order.cancel_by
      ? [[t`Not later than`, format.date(order.cancel_by)] as [string, string]]
      : []),
    [t`Payment terms`, order.payment_terms_name],
    [t`Incoterms`, `${order.incoterms} ${order.incoterms_place}`.trim()],
    [t`Net`, format.money(order.net)],
    // Where tax is added on the invoice, the note says so, and nobody knows the total yet.
    ...(order.vat.rule === "on_invoice"
      ? []
      : ([
          [t`VAT`, format.money(order.vat.amount)],
          [t`Total`, format.money(order.gross)],
        ] as [string, string][])),
  ];
  return (
    <section className={styles.panel}>
      <Handover order={order} />
      <ChangeNotice change={order.change} />
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {order.vat.note && <p className={styles.note}>{order.vat.note}</p>}
      <VatChecks order={order} />
      <Documents number={order.number} />
    </section>
  );
}

function Lines({ order }: { order: Order }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <section className={styles.lines} aria-label={t`Order lines`}>
      <Table
        caption={<Counted value={order.pieces} unit={order.unit} />}
        columns={[
          { name: t`Article`, cell: (line) => <Article line={line} />, kind: "head" },
          { name: t`Size`, cell: (line) => line.size_name },
          { name: t`Ordered`, cell: (line) => format.number(line.quantity), kind: "figure" },
          {
            name: t`Confirmed`,
            cell: (line) => <Confirmed line={line} status={order.status} />,
            kind: "figure",
          },
          { name: t`Shipped`, cell: (line) => format.number(line.shipped), kind: "figure" },
          { name: t`Price`, cell: (line) => <Price line={line} />, kind: "figure" },
          { name: t`Amount`, cell: (line) => format.money(line.amount), kind: "figure" },
        ]}
        items={order.lines}
        keyOf={(line) => line.position}
      />
    </section>
  );
}

type Line = Order["lines"][number];

function Article({ line }: { line: Line }) {
  return (
    <>
      {line.style_name}, {line.colour_name}
      <small>{line.sku}</small>
      <ByBrand line={line} />
    </>
  );
}

function Confirmed({ line, status }: { line: Line; status: Order["status"] }) {
  const format = useFormat();
  return (
    <>
      {line.rejected && line.quantity > 0 && (
        <>{status === "cancelled" ? <Trans>cancelled</Trans> : <Trans>rejected</Trans>}</>
      )}
      {line.rejection && status !== "cancelled" && <small>{line.rejection.text}</small>}
      {line.quantity === 0 && <Trans>removed</Trans>}
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
    </>
  );
}

/** With the price that it was before discounts, and what these were. */
function Price({ line }: { line: Line }) {
  const format = useFormat();
  const listed = line.list_price && format.unitPrice(line.list_price);
  return (
    <>
      {format.unitPrice(line.unit_price)}
      {listed && (
        <small>
          <Trans>List price {listed}</Trans>
        </small>
      )}
      {line.discounts.map((discount) => (
        <small key={discount}>{discount}</small>
      ))}
    </>
  );
}

/** That the brand added the line, or what was ordered in its place. */
function ByBrand({ line }: { line: Line }) {
  const item = line.in_place_of && nameOf(line.in_place_of);
  if (item)
    return (
      <small>
        <Trans>in place of {item}</Trans>
      </small>
    );
  return line.added_by_brand ? (
    <small>
      <Trans>added by the brand</Trans>
    </small>
  ) : null;
}
