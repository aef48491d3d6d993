import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEntryAction } from "@/features/desk/api/actions";
import { entryQuery, type QuarantineView } from "@/features/desk/api/queries";
import { Content } from "@/features/desk/components/content";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Facts } from "@/features/desk/components/facts";
import { Reasons } from "@/features/desk/components/reasons";
import { ReplayOrDiscard } from "@/features/desk/components/replay-or-discard";
import { useFormat } from "@/i18n/format";
import { Failure, Notice } from "@/ui/notice";

/** One message that could not be taken in, with the places of its faults. */
export function EntryPage() {
  const { t } = useLingui();
  const { entry } = useParams({ from: "/desk/quarantine/$entry" });
  const found = useQuery(entryQuery(entry));
  const back = (
    <Link to="/desk/quarantine" search={{}}>
      <Trans>To the quarantine</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Message ${entry}`} back={back}>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          {found.data.is_open ? <EntryActions view={found.data} /> : <Outcome view={found.data} />}
          <EntryFacts view={found.data} />
          <Reasons reasons={found.data.reasons} />
          <Content message={found.data.message} key={found.data.entry} />
        </>
      )}
    </DeskPage>
  );
}

function EntryActions({ view }: { view: QuarantineView }) {
  const { t } = useLingui();
  const release = {
    action: "release",
    title: t`Release`,
    hint: t`The price counts as it is. The audit shows who said so, and why.`,
  } as const;
  return (
    <ReplayOrDiscard
      act={useEntryAction(view.entry)}
      hint={t`The message is kept and never replayed. The audit shows who said so, and why.`}
      instead={view.held_back && release}
    />
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
