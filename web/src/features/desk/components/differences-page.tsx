import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type Difference, differencesQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Choice, Filters } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { type DifferencesSearch, differencesSearch } from "@/features/desk/search";
import {
  DIFFERENCE_KINDS,
  DIFFERING,
  STATES,
  useDifferenceTexts,
  useFamilyText,
} from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/table";

/** Where orders, customers and prices differ from SAP's. */
export function DifferencesPage() {
  const { t } = useLingui();
  const text = useDifferenceTexts();
  const family = useFamilyText();
  const search = useSearch({ from: "/desk/differences" });
  const navigate = useNavigate({ from: "/desk/differences" });
  const set = (changed: { [name in keyof DifferencesSearch]?: string | undefined }) =>
    void navigate({ search: differencesSearch({ ...search, ...changed }), replace: true });
  const back = (
    <Link to="/desk/reconciliation">
      <Trans>To the reconciliation</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Differences from SAP`} back={back}>
      <Filters>
        <Choice
          label={t`State`}
          value={search.state}
          of={STATES}
          text={text.state}
          onChoose={(state) => set({ state })}
        />
        <Choice
          label={t`Data`}
          value={search.family}
          of={DIFFERING}
          text={family}
          none={t`All`}
          onChoose={(which) => set({ family: which })}
        />
        <Choice
          label={t`What differs`}
          value={search.kind}
          of={DIFFERENCE_KINDS}
          text={text.kind}
          none={t`All`}
          onChoose={(kind) => set({ kind })}
        />
      </Filters>
      <ListedPages
        list={useInfiniteQuery(differencesQuery(search))}
        caption={<Trans>What differs, the newest first</Trans>}
        columns={useColumns()}
        keyOf={(each) => each.order}
      />
    </DeskPage>
  );
}

function useColumns(): Column<Difference>[] {
  const { t } = useLingui();
  const format = useFormat();
  const text = useDifferenceTexts();
  return [
    {
      name: t`Order or record`,
      cell: ({ order }) => (
        <Link to="/desk/differences/$number" params={{ number: order }}>
          {order}
        </Link>
      ),
      kind: "head",
    },
    { name: t`Customer`, cell: (each) => each.company },
    { name: t`SAP number`, cell: (each) => each.sap_numbers.join(", ") },
    { name: t`What differs`, cell: (each) => each.kinds.map(text.kind).join(", ") },
    { name: t`Differing values`, cell: (each) => format.number(each.row_count), kind: "figure" },
    { name: t`Found`, cell: (each) => format.moment(each.found_at), kind: "tight" },
  ];
}
