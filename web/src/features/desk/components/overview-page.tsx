import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useCallAgain } from "@/features/desk/api/actions";
import {
  type Circuit,
  circuitQuery,
  type Family,
  messagesQuery,
} from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { useDuration } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";

/** Whether SAP is reached, and what became of its messages today. */
export function OverviewPage() {
  const { t } = useLingui();
  const circuit = useQuery(circuitQuery());
  const [day, setDay] = useState("");
  const messages = useQuery(messagesQuery(day));
  return (
    <DeskPage title={t`Desk`}>
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
              <span>
                <Plural
                  value={messages.data.waiting}
                  one="# message waits for something."
                  other="# messages wait for something."
                />
              </span>{" "}
              {messages.data.old > 0 && (
                <span>
                  <Plural value={messages.data.old} one="# is old." other="# are old." />
                </span>
              )}
              <Link to="/desk/waiting" search={{}}>
                <Trans>To the waiting messages</Trans>
              </Link>
            </Notice>
          )}
          <TextField
            label={t`Day (UTC)`}
            type="date"
            value={day || messages.data.day}
            max={new Date().toISOString().slice(0, 10)}
            onChange={(event) => setDay(event.target.value)}
          />
          <Families families={messages.data.families} />
        </>
      )}
    </DeskPage>
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
  const { t } = useLingui();
  const format = useFormat();
  const duration = useDuration();
  if (!families.length) {
    return (
      <p>
        <Trans>SAP sent nothing on this day (UTC), nor in the week before.</Trans>
      </p>
    );
  }
  const count = (name: string, of: (family: Family) => number): Column<Family> => ({
    name,
    cell: (each) => format.number(of(each)),
    kind: "figure",
  });
  return (
    <Table
      caption={<Trans>SAP's messages of the day (UTC), by family</Trans>}
      columns={[
        {
          name: t`Family`,
          cell: (each) => (
            <>
              {each.family}
              {each.silent_since && (
                <div>{t`Silent since ${format.moment(each.silent_since)}`}</div>
              )}
            </>
          ),
          kind: "head",
        },
        count(t`Received`, (each) => each.received),
        count(t`Applied`, (each) => each.applied),
        count(t`Unchanged`, (each) => each.unchanged),
        count(t`Outdated`, (each) => each.stale),
        count(t`Twice`, (each) => each.duplicate),
        count(t`Contradictory`, (each) => each.conflict),
        count(t`Ignored`, (each) => each.ignored),
        count(t`Waiting`, (each) => each.waiting),
        count(t`Quarantined`, (each) => each.quarantined),
        {
          name: t`Lag now`,
          cell: (each) => each.lag !== null && duration(Math.floor(each.lag)),
          kind: "figure",
        },
        { name: t`Longest lag`, cell: (each) => duration(each.longest_lag), kind: "figure" },
        {
          name: t`Latest stamp`,
          cell: (each) => each.latest_at && format.moment(each.latest_at),
          kind: "tight",
        },
      ]}
      items={families}
      keyOf={(each) => each.family}
    />
  );
}
