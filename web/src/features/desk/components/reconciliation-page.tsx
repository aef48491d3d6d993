import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { useStartRun } from "@/features/desk/api/actions";
import { type Run, runsQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { More } from "@/features/desk/components/more";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Days that a run may reach back, as they are offered. */
const DAYS = [7, 60, 400];

/** Orders compared with SAP's: begun here, and how far each run is. */
export function ReconciliationPage() {
  const { t } = useLingui();
  const list = useInfiniteQuery(runsQuery());
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Reconciliation with SAP`}</PageTitle>
      <h1>
        <Trans>Reconciliation with SAP</Trans>
      </h1>
      <p>
        <Trans>
          Every night all orders of the last 60 days are compared with SAP's. What a lost message
          explains is mended, the rest waits for a decision.
        </Trans>
      </p>
      <Link to="/desk/differences" search={{ state: "parked" }}>
        <Trans>To the differences</Trans>
      </Link>
      <Start />
      {items.length > 0 && <Runs items={items} />}
      <More list={list} rows={items.length} />
    </div>
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

function Runs({ items }: { items: Run[] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>Runs, the newest first; figures are orders</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Asked for</Trans>
            </th>
            <th scope="col">
              <Trans>Scope</Trans>
            </th>
            <th scope="col">
              <Trans>How far</Trans>
            </th>
            {[
              t`Agree`,
              t`Under way`,
              t`Differ`,
              t`Mended`,
              t`To be decided`,
              t`Agree again`,
              t`Known before`,
            ].map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((run) => (
            <tr key={run.id}>
              <td className={styles.when}>
                {format.moment(run.asked_at)}
                <div>{run.asked_by || t`Nightly`}</div>
              </td>
              <td>
                {t`${run.scope.days} days`}
                <div>{run.scope.company}</div>
              </td>
              <td>
                <HowFar run={run} />
              </td>
              {[
                run.counts.agreed,
                run.counts.pending,
                run.counts.found,
                run.counts.mended,
                run.counts.parked,
                run.counts.gone,
                run.counts.known,
              ].map((count, index) => (
                <td key={index} className={styles.number}>
                  {format.number(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
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
