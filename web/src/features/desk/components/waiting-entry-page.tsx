import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useWaitingAction } from "@/features/desk/api/actions";
import { type WaitingView, waitingEntryQuery } from "@/features/desk/api/queries";
import { Content } from "@/features/desk/components/content";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Facts } from "@/features/desk/components/facts";
import { Reasons } from "@/features/desk/components/reasons";
import { ReplayOrDiscard } from "@/features/desk/components/replay-or-discard";
import { useAwaitedText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Failure, Notice } from "@/ui/notice";

/** One message that waits for something. */
export function WaitingEntryPage() {
  const { t } = useLingui();
  const { entry } = useParams({ from: "/desk/waiting/$entry" });
  const found = useQuery(waitingEntryQuery(entry));
  const name = found.data?.object || entry;
  const back = (
    <Link to="/desk/waiting" search={{}}>
      <Trans>To the waiting messages</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Message ${name}`} back={back}>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          {found.data.is_open && <Actions view={found.data} />}
          <Outcome view={found.data} />
          <WaitingFacts view={found.data} />
          {found.data.reasons.length > 0 && <Reasons reasons={found.data.reasons} />}
          <Content message={found.data.message} key={found.data.entry} />
        </>
      )}
    </DeskPage>
  );
}

function Actions({ view }: { view: WaitingView }) {
  const { t } = useLingui();
  return (
    <ReplayOrDiscard
      act={useWaitingAction(view.entry)}
      hint={t`The message is not applied when that comes; a newer one of the same object is. The audit shows who said so, and why.`}
    />
  );
}

function Outcome({ view }: { view: WaitingView }) {
  const format = useFormat();
  const { replayed_as: replayed, discarded, arrived_at: arrived } = view;
  if (!replayed && !discarded && !arrived) return null;
  return (
    <Notice>
      {arrived && view.is_open && (
        <span>
          <Trans>
            What it waits for came {format.moment(arrived)}; it is applied within a minute.
          </Trans>
        </span>
      )}
      {replayed && view.is_open && (
        <span>
          <Trans>Replayed as message {replayed}. It waits until that is applied.</Trans>
        </span>
      )}
      {discarded && (
        <Trans>
          Discarded by {discarded.by}, {format.moment(discarded.at)}: {discarded.reason}
        </Trans>
      )}
    </Notice>
  );
}

function WaitingFacts({ view }: { view: WaitingView }) {
  const { t } = useLingui();
  const format = useFormat();
  const awaitedText = useAwaitedText();
  const facts = [
    [t`Waits for`, view.awaits.map(awaitedText).join(", ")],
    [t`Since`, format.moment(view.since)],
    [t`Age`, view.is_old ? t`Old` : null],
    [t`Stored`, view.is_stored ? t`Yes, of no effect yet` : t`No`],
    [t`Topic`, view.topic],
    [t`Family`, view.kind],
    [t`IDoc number`, view.number],
    [t`About`, view.object],
    [t`Place in the message`, view.place],
    [t`Pub/Sub message`, view.message_id],
    ...Object.entries(view.attributes),
  ] as const;
  return <Facts facts={facts} />;
}
