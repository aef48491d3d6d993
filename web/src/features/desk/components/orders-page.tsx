import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type HandoverHead, handoversQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Choice, Filters } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { SapAway } from "@/features/desk/components/sap-away";
import { type OrdersSearch, ordersSearch, STAGES } from "@/features/desk/search";
import { useHandoverText, useOutcomeText, useStageText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/table";

/** Orders of all companies by how far their hand-over to SAP is. */
export function HandoversPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/orders" });
  const navigate = useNavigate({ from: "/desk/orders" });
  const set = (changed: { [name in keyof OrdersSearch]?: unknown }) =>
    void navigate({ search: ordersSearch({ ...search, ...changed }), replace: true });
  return (
    <DeskPage title={t`Orders on their way to SAP`}>
      <Filters>
        <Choice
          label={t`Hand-over`}
          value={search.state}
          of={STAGES}
          text={useStageText()}
          onChoose={(state) => set({ state })}
        />
        <Choice
          label={t`What`}
          value={search.of}
          of={["order", "change"]}
          text={(of) => ({ order: t`Orders`, change: t`Changes of orders` })[of]}
          onChoose={(of) => set({ of })}
        />
      </Filters>
      {(search.state === "waiting" || search.state === "in_doubt") && <SapAway />}
      <ListedPages
        list={useInfiniteQuery(handoversQuery(search))}
        caption={<Trans>Orders, the newest first</Trans>}
        columns={useColumns()}
        keyOf={(each) => each.number}
      />
    </DeskPage>
  );
}

function useColumns(): Column<HandoverHead>[] {
  const { t } = useLingui();
  const format = useFormat();
  const handover = useHandoverText();
  const outcome = useOutcomeText();
  return [
    {
      name: t`Order`,
      cell: ({ number, po_number }) => (
        <>
          <Link to="/desk/orders/$number" params={{ number }}>
            {number}
          </Link>
          <div>{po_number}</div>
        </>
      ),
      kind: "head",
    },
    {
      name: t`Customer`,
      cell: (each) => (
        <>
          {each.company}
          <div>{each.door}</div>
        </>
      ),
    },
    { name: t`Placed`, cell: (each) => format.moment(each.placed_at), kind: "tight" },
    { name: t`Hand-over`, cell: handover },
    { name: t`SAP number`, cell: (each) => each.sap_number },
    { name: t`Attempts`, cell: (each) => format.number(each.attempts), kind: "figure" },
    {
      name: t`What SAP said last`,
      cell: ({ parked, last_attempt: last }) =>
        parked?.detail || last?.detail || (last && outcome(last.outcome)),
      kind: "text",
    },
  ];
}
