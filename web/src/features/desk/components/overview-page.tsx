import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallAgain } from "@/features/desk/api/actions";
import {
  type Circuit,
  circuitQuery,
  type Family,
  messagesQuery,
} from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Whether SAP is reached, and what became of its messages today. */
export function OverviewPage() {
  const { t } = useLingui();
  const circuit = useQuery(circuitQuery());
  const messages = useQuery(messagesQuery());
  return (
    <div className={styles.page}>
      <PageTitle>{t`Desk`}</PageTitle>
      <h1>
        <Trans>Desk</Trans>
      </h1>
      {circuit.error && <Failure error={circuit.error} onRetry={() => void circuit.refetch()} />}
      {circuit.data && <WayToSap circuit={circuit.data} />}
      {messages.error && <Failure error={messages.error} onRetry={() => void messages.refetch()} />}
      {messages.data && (
        <>
          {messages.data.open > 0 && (
            <Notice kind="warning">
              <Plural
                value={messages.data.open}
                one="# message is in quarantine."
                other="# messages are in quarantine."
              />
              <Link to="/desk/quarantine" search={{}}>
                <Trans>To the quarantine</Trans>
              </Link>
            </Notice>
          )}
          {messages.data.waiting > 0 && (
            <Notice kind={messages.data.old > 0 ? "warning" : "info"}>
              <Plural
                value={messages.data.waiting}
                one="# message waits for something."
                other="# messages wait for something."
              />
              {messages.data.old > 0 && (
                <Plural value={messages.data.old} one="# is old." other="# are old." />
              )}
              <Link to="/desk/waiting" search={{}}>
                <Trans>To the waiting messages</Trans>
              </Link>
            </Notice>
          )}
          <Families families={messages.data.families} />
        </>
      )}
    </div>
  );
}

function WayToSap({ circuit }: { circuit: Circuit }) {
  const { t } = useLingui();
  const format = useFormat();
  const again = useCallAgain();
  const system = circuit.system;
  if (circuit.state === "closed") return <p>{t`${system} is called as usual.`}</p>;
  const since = circuit.since ? format.moment(circuit.since) : "";
  return (
    <Notice
      kind="warning"
      title={
        circuit.state === "stopped"
          ? t`${system} refuses our log-on since ${since}. It is not called until somebody says so.`
          : t`${system} can't be reached since ${since}. One order at a time tries it.`
      }
    >
      <span>{circuit.reason}</span>
      <Button isDisabled={again.isPending} onPress={() => again.mutate(undefined)}>
        <Trans>Call SAP again</Trans>
      </Button>
      {again.error && <Failure error={again.error} />}
    </Notice>
  );
}

function Families({ families }: { families: Family[] }) {
  const format = useFormat();
  if (!families.length) {
    return (
      <p>
        <Trans>SAP has sent nothing today (UTC).</Trans>
      </p>
    );
  }
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>SAP's messages of today (UTC), by family</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Family</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Received</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Applied</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Unchanged</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Outdated</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Twice</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Contradictory</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Ignored</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Waiting</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Quarantined</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Longest lag</Trans>
            </th>
            <th scope="col">
              <Trans>Latest stamp</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {families.map((each) => (
            <tr key={each.family}>
              <th scope="row">{each.family}</th>
              {[
                each.received,
                each.applied,
                each.unchanged,
                each.stale,
                each.duplicate,
                each.conflict,
                each.ignored,
                each.waiting,
                each.quarantined,
              ].map((count, column) => (
                <td key={column} className={styles.number}>
                  {format.number(count)}
                </td>
              ))}
              <td className={styles.number}>
                <Trans>{format.number(Math.round(each.longest_lag))} s</Trans>
              </td>
              <td className={styles.when}>{each.latest_at && format.moment(each.latest_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
