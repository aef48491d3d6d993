import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type Choice, useDifferenceAction } from "@/features/desk/api/actions";
import { type Difference, differenceQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import styles from "@/features/desk/components/desk.module.css";
import { Facts } from "@/features/desk/components/facts";
import { ReasonDialog } from "@/ui/reason-dialog";
import { useDifferenceTexts, useFamilyText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";
import { Table } from "@/ui/table";

/** An order, a customer or prices beside SAP's, and what a person can decide about it. */
export function DifferencePage() {
  const { t } = useLingui();
  const { number } = useParams({ from: "/desk/differences/$number" });
  const found = useQuery(differenceQuery(number));
  const back = (
    <Link to="/desk/differences" search={{ state: "parked" }}>
      <Trans>To the differences</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Difference of ${number}`} back={back}>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Shown one={found.data} />}
    </DeskPage>
  );
}

function Shown({ one }: { one: Difference }) {
  const { t } = useLingui();
  const format = useFormat();
  const text = useDifferenceTexts();
  const family = useFamilyText();
  const facts = [
    [t`Data`, family(one.family)],
    [t`State`, text.state(one.state)],
    [t`What differs`, one.kinds.map(text.kind).join(", ")],
    [t`Customer`, one.company],
    [t`SAP number`, one.sap_numbers.join(", ")],
    [t`Found`, format.moment(one.found_at)],
    [t`Compared last`, format.moment(one.seen_at)],
    [t`Note`, one.note],
  ] as const;
  return (
    <>
      <Choices one={one} />
      <Facts facts={facts} />
      {one.family === "orders" && !one.kinds.includes("unknown") && (
        <Link to="/desk/orders/$number" params={{ number: one.order }}>
          <Trans>To the order</Trans>
        </Link>
      )}
      {one.rows.length > 0 && <Rows one={one} />}
      {one.row_count > one.rows.length && (
        <p>
          <Trans>
            {format.number(one.rows.length)} of {format.number(one.row_count)} values are shown.
          </Trans>
        </p>
      )}
      {one.decisions.map((each) => (
        <p key={each.at}>
          {each.by}, {format.moment(each.at)}: {text.choice(each.choice)} – {each.reason}
        </p>
      ))}
    </>
  );
}

function Rows({ one }: { one: Difference }) {
  const { t } = useLingui();
  const text = useDifferenceTexts();
  return (
    <Table
      caption={<Trans>Both sides</Trans>}
      columns={[
        { name: t`Item`, cell: (row) => row.position || "" },
        { name: t`What`, cell: (row) => text.field(row.field), kind: "head" },
        { name: t`Here`, cell: (row) => row.ours || "–" },
        { name: t`In SAP`, cell: (row) => row.saps || "–" },
      ]}
      items={one.rows}
      keyOf={(row) => `${row.position} ${row.field} ${row.saps}`}
    />
  );
}

function Choices({ one }: { one: Difference }) {
  const { t } = useLingui();
  const text = useDifferenceTexts();
  const act = useDifferenceAction(one.order);
  const [asking, setAsking] = useState<Choice | null>(null);
  const close = () => setAsking(null);
  const taking = one.family === "orders" ? text.choice("take") : t`End it here`;
  const endHints: Record<string, string> = {
    customers: t`The customer is ended here as if SAP had deleted it: its people can't order any more.`,
    prices: t`These prices end here as if SAP had deleted them: they do not apply any more.`,
  };
  const hints = {
    take:
      endHints[one.family] ??
      t`The order becomes what it is in SAP; the customer sees it as a change by the brand.`,
    resend: t`Only if the order is wanted in SAP again: it is handed over under its number.`,
    settle: t`Both sides stay as they are. It is told again only when something else differs.`,
  };
  return (
    <>
      <div className={styles.actions}>
        {one.choices.map((choice) => (
          <Button
            key={choice}
            look={choice === "settle" ? undefined : "main"}
            onPress={() => {
              act.reset();
              setAsking(choice);
            }}
          >
            {choice === "take" ? taking : text.choice(choice)}
          </Button>
        ))}
      </div>
      {asking && (
        <ReasonDialog
          title={asking === "take" ? taking : text.choice(asking)}
          hint={hints[asking]}
          act={act}
          onReason={(reason) => act.mutate({ action: asking, reason }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  );
}
