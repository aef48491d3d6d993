import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { useStartRun } from "@/features/desk/api/actions";
import { type Run, runsQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import styles from "@/features/desk/components/desk.module.css";
import { ListedPages } from "@/features/desk/components/listed";
import { Snapshots } from "@/features/desk/components/snapshots";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";
import type { Column } from "@/ui/table";

/** Days that a run may reach back, as they are offered. */
const DAYS = [7, 60, 400];

/** Orders compared with SAP's: begun here, and how far each run is. */
export function ReconciliationPage() {
  const { t } = useLingui();
  return (
    <DeskPage title={t`Reconciliation with SAP`}>
      <Link to="/desk/differences" search={{ state: "parked" }}>
        <Trans>To the differences</Trans>
      </Link>
      <h2>
        <Trans>Orders</Trans>
      </h2>
      <p>
        <Trans>
          Every night all orders of the last 60 days, and all earlier ones of which something is
          still to come, are compared with SAP's. What a lost message explains is mended, the rest
          waits for a decision.
        </Trans>
      </p>
      <Start />
      <ListedPages
        list={useInfiniteQuery(runsQuery())}
        caption={<Trans>Runs, the newest first; figures are orders</Trans>}
        columns={useColumns()}
        keyOf={(run) => run.id}
      />
      <Snapshots />
    </DeskPage>
  );
}

function Start() {
  const { t } = useLingui();
  const start = useStartRun();
  const [days, setDays] = useState("60");
  const [company, setCompany] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    start.mutate({ days: Number(days), company: company.trim() });
  };
  return (
    <>
      <form className={styles.filters} onSubmit={submit}>
        <Select
          label={t`Orders placed within`}
          value={days}
          onChange={setDays}
          options={DAYS.map((each) => ({ value: String(each), label: t`${each} days` }))}
        />
        <TextField
          label={t`Customer number (empty for all)`}
          value={company}
          maxLength={40}
          onChange={(event) => setCompany(event.target.value)}
        />
        <Button type="submit" look="main" isDisabled={start.isPending}>
          <Trans>Compare now</Trans>
        </Button>
      </form>
      {start.error && <Failure error={start.error} />}
      {start.data && (
        <p role="status">
          <Trans>It begins within a minute.</Trans>
        </p>
      )}
    </>
  );
}

function useColumns(): Column<Run>[] {
  const { t } = useLingui();
  const format = useFormat();
  const count = (name: string, of: keyof Run["counts"]): Column<Run> => ({
    name,
    cell: ({ counts }) => format.number(counts[of]),
    kind: "figure",
  });
  return [
    {
      name: t`Asked for`,
      cell: (run) => (
        <>
          {format.moment(run.asked_at)}
          <div>{run.asked_by || t`Nightly`}</div>
        </>
      ),
      kind: "head",
    },
    {
      name: t`Scope`,
      cell: ({ scope }) => (
        <>
          {t`${scope.days} days`}
          {scope.earlier && <div>{t`and earlier ones that are not over`}</div>}
          <div>{scope.company}</div>
        </>
      ),
    },
    { name: t`How far`, cell: (run) => <HowFar run={run} />, kind: "text" },
    count(t`Agree`, "agreed"),
    count(t`Under way`, "pending"),
    count(t`Differ`, "found"),
    count(t`Mended`, "mended"),
    count(t`To be decided`, "parked"),
    count(t`Agree again`, "gone"),
    count(t`Known before`, "known"),
  ];
}

function HowFar({ run }: { run: Run }) {
  const { t } = useLingui();
  const format = useFormat();
  const done = format.number(run.customers_done);
  const all = format.number(run.customers ?? 0);
  const customers = run.customers === null ? "" : t`${done} of ${all} customers`;
  return (
    <>
      {stateText()}
      <div>{customers}</div>
      {(run.failure || run.waits_for) && <div>{run.failure || run.waits_for}</div>}
    </>
  );

  function stateText() {
    if (run.outcome === "failed") return t`Failed`;
    if (run.ended_at) return t`Ended ${format.moment(run.ended_at)}`;
    if (!run.started_at) return t`Begins within a minute`;
    if (run.waits_for) return t`Waits`;
    return run.compared_all ? t`Looks again at what differed` : t`Compares`;
  }
}
