import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type Difference, differencesQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { More } from "@/features/desk/components/more";
import { differencesSearch } from "@/features/desk/search";
import { DIFFERENCE_KINDS, STATES, useDifferenceTexts } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Select } from "@/ui/field";
import { PageTitle } from "@/ui/page-title";

/** Where orders and SAP's differ. */
export function DifferencesPage() {
  const { t } = useLingui();
  const text = useDifferenceTexts();
  const search = useSearch({ from: "/desk/differences" });
  const navigate = useNavigate({ from: "/desk/differences" });
  const list = useInfiniteQuery(differencesQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const set = (changed: Record<string, string>) =>
    void navigate({ search: differencesSearch({ ...search, ...changed }), replace: true });
  return (
    <div className={styles.page}>
      <PageTitle>{t`Differences from SAP`}</PageTitle>
      <Link to="/desk/reconciliation">
        <Trans>To the reconciliation</Trans>
      </Link>
      <h1>
        <Trans>Differences from SAP</Trans>
      </h1>
      <form role="search" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
        <Select
          label={t`State`}
          value={search.state}
          onChange={(state) => set({ state })}
          options={STATES.map((each) => ({ value: each, label: text.state(each) }))}
        />
        <Select
          label={t`What differs`}
          value={search.kind ?? ""}
          onChange={(kind) => set({ kind })}
          options={[
            { value: "", label: t`All` },
            ...DIFFERENCE_KINDS.map((each) => ({ value: each, label: text.kind(each) })),
          ]}
        />
      </form>
      {items.length > 0 && <Differences items={items} />}
      <More list={list} rows={items.length} />
    </div>
  );
}

function Differences({ items }: { items: Difference[] }) {
  const format = useFormat();
  const text = useDifferenceTexts();
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>Orders that differ, the newest first</Trans>
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
              <Trans>SAP number</Trans>
            </th>
            <th scope="col">
              <Trans>What differs</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Differing values</Trans>
            </th>
            <th scope="col">
              <Trans>Found</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.order}>
              <td className={styles.when}>
                <Link to="/desk/differences/$number" params={{ number: each.order }}>
                  {each.order}
                </Link>
              </td>
              <td>{each.company}</td>
              <td>{each.sap_numbers.join(", ")}</td>
              <td>{each.kinds.map(text.kind).join(", ")}</td>
              <td className={styles.number}>{format.number(each.row_count)}</td>
              <td className={styles.when}>{format.moment(each.found_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
