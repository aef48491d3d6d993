import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type EntryAction, useEntryAction } from "@/features/desk/api/actions";
import { entryQuery, type QuarantineView } from "@/features/desk/api/queries";
import { Content } from "@/features/desk/components/content";
import styles from "@/features/desk/components/desk.module.css";
import { Facts } from "@/features/desk/components/facts";
import { ReasonDialog } from "@/features/desk/components/reason-dialog";
import { Reasons } from "@/features/desk/components/reasons";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** One message that could not be taken in, with the places of its faults. */
export function EntryPage() {
  const { t } = useLingui();
  const { entry } = useParams({ from: "/desk/quarantine/$entry" });
  const found = useQuery(entryQuery(entry));
  return (
    <div className={styles.page}>
      <PageTitle>{t`Message ${entry}`}</PageTitle>
      <Link to="/desk/quarantine" search={{}}>
        <Trans>To the quarantine</Trans>
      </Link>
      <h1>
        <Trans>Message {entry}</Trans>
      </h1>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          {found.data.is_open ? <EntryActions view={found.data} /> : <Outcome view={found.data} />}
          <EntryFacts view={found.data} />
          <Reasons reasons={found.data.reasons} />
          <Content message={found.data.message} key={found.data.entry} />
        </>
      )}
    </div>
  );
}

function EntryActions({ view }: { view: QuarantineView }) {
  const { t } = useLingui();
  const act = useEntryAction(view.entry);
  const [asking, setAsking] = useState<EntryAction | null>(null);
  const ask = (action: EntryAction) => {
    act.reset();
    setAsking(action);
  };
  return (
    <>
      <div className={styles.actions}>
        {view.held_back ? (
          <Button look="main" onPress={() => ask("release")}>
            <Trans>Release</Trans>
          </Button>
        ) : (
          <Button
            look="main"
            isDisabled={act.isPending}
            onPress={() => act.mutate({ action: "replay", reason: "" })}
          >
            <Trans>Replay</Trans>
          </Button>
        )}
        <Button look="danger" onPress={() => ask("discard")}>
          <Trans>Discard</Trans>
        </Button>
      </div>
      {!asking && act.error && <Failure error={act.error} />}
      {asking && (
        <ReasonDialog
          title={asking === "release" ? t`Release` : t`Discard`}
          hint={
            asking === "release"
              ? t`The price counts as it is. The audit shows who said so, and why.`
              : t`The message is kept and never replayed. The audit shows who said so, and why.`
          }
          look={asking === "release" ? "main" : "danger"}
          action={asking}
          act={act}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function Outcome({ view }: { view: QuarantineView }) {
  const format = useFormat();
  const { replayed_as: replayed, mended_by: mended, discarded } = view;
  return (
    <Notice>
      {replayed && <Trans>Replayed as message {replayed}.</Trans>}
      {mended && <Trans>A later message, {mended}, has mended it.</Trans>}
      {discarded && (
        <Trans>
          Discarded by {discarded.by}, {format.moment(discarded.at)}: {discarded.reason}
        </Trans>
      )}
    </Notice>
  );
}

function EntryFacts({ view }: { view: QuarantineView }) {
  const { t } = useLingui();
  const format = useFormat();
  const facts = [
    [t`Topic`, view.topic],
    [t`Received`, format.moment(view.received_at)],
    [t`Family`, view.kind],
    [t`IDoc number`, view.number],
    [t`About`, view.object],
    [t`Place in the message`, view.place],
    [t`Pub/Sub message`, view.message_id],
    ...Object.entries(view.attributes),
  ] as const;
  return <Facts facts={facts} />;
}
