import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type HandoverHead, handoversQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { More } from "@/features/desk/components/more";
import { STAGES, type Stage } from "@/features/desk/search";
import { useStageText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Select } from "@/ui/field";
import { PageTitle } from "@/ui/page-title";

/** Orders of all companies by how far their hand-over to SAP is. */
export function HandoversPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/orders" });
  const navigate = useNavigate({ from: "/desk/orders" });
  const stage = useStageText();
  const list = useInfiniteQuery(handoversQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Orders on their way to SAP`}</PageTitle>
      <h1>
        <Trans>Orders on their way to SAP</Trans>
      </h1>
      <form role="search" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
        <Select
          label={t`Hand-over`}
          value={search.state}
          onChange={(value) =>
            void navigate({ search: { ...search, state: value as Stage }, replace: true })
          }
          options={STAGES.map((each) => ({ value: each, label: stage(each) }))}
        />
        <Select
          label={t`What`}
          value={search.of}
          onChange={(value) =>
            void navigate({
              search: { ...search, of: value === "change" ? "change" : "order" },
              replace: true,
            })
          }
          options={[
            { value: "order", label: t`Orders` },
            { value: "change", label: t`Changes of orders` },
          ]}
        />
      </form>
      {items.length > 0 && <Handovers items={items} />}
      <More list={list} rows={items.length} />
    </div>
  );
}

function Handovers({ items }: { items: HandoverHead[] }) {
  const format = useFormat();
  const stage = useStageText();
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>Orders, the newest first</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Order</Trans>
            </th>
            <th scope="col">
              <Trans>Customer</Trans>
            </th>
            <th scope="col">
              <Trans>Placed</Trans>
            </th>
            <th scope="col">
              <Trans>Hand-over</Trans>
            </th>
            <th scope="col">
              <Trans>SAP number</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Attempts</Trans>
            </th>
            <th scope="col">
              <Trans>What SAP said last</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.number}>
              <td className={styles.when}>
                <Link to="/desk/orders/$number" params={{ number: each.number }}>
                  {each.number}
                </Link>
                <div>{each.po_number}</div>
              </td>
              <td>
                {each.company}
                <div>{each.door}</div>
              </td>
              <td className={styles.when}>{format.moment(each.placed_at)}</td>
              <td>{stage(each.in_doubt ? "in_doubt" : each.state)}</td>
              <td>{each.sap_number}</td>
              <td className={styles.number}>{format.number(each.attempts)}</td>
              <td className={styles.said}>
                {each.parked?.detail || each.last_attempt?.detail || each.last_attempt?.outcome}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
