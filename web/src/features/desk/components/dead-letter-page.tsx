import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useDeadLetterAction } from "@/features/desk/api/actions";
import { type DeadLetterView, deadLetterQuery } from "@/features/desk/api/queries";
import { Content } from "@/features/desk/components/content";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Facts } from "@/features/desk/components/facts";
import { ReplayOrDiscard } from "@/features/desk/components/replay-or-discard";
import { useFormat } from "@/i18n/format";
import { Failure, Notice } from "@/ui/notice";

/** One message that could not be delivered. */
export function DeadLetterPage() {
  const { t } = useLingui();
  const { entry } = useParams({ from: "/desk/dead-letters/$entry" });
  const act = useDeadLetterAction(entry);
  // Once it is dealt with it is there no more, and what was shown of it stays.
  const found = useQuery({ ...deadLetterQuery(entry), enabled: act.isIdle || act.isError });
  const back = (
    <Link to="/desk/dead-letters" search={{}}>
      <Trans>To the dead letters</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Dead letter ${entry}`} back={back}>
      {found.error && !act.isSuccess && (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      )}
      {act.isSuccess && (
        <Notice>
          {act.variables.action === "replay" ? (
            <Trans>It is published to its topic again.</Trans>
          ) : (
            <Trans>It is discarded.</Trans>
          )}
        </Notice>
      )}
      {found.data && (
        <>
          {!act.isSuccess && (
            <ReplayOrDiscard
              act={act}
              hint={t`The message is taken away for good. The audit shows who said so, and why.`}
            />
          )}
          <LetterFacts view={found.data} />
          <Content message={found.data.message} />
        </>
      )}
    </DeskPage>
  );
}

function LetterFacts({ view }: { view: DeadLetterView }) {
  const { t } = useLingui();
  const format = useFormat();
  const facts = [
    [t`Topic`, view.topic],
    [t`Published`, format.moment(view.published_at)],
    [t`Given up`, format.moment(view.died_at)],
    [t`Attempts`, format.number(view.attempts)],
    ...Object.entries(view.attributes),
  ] as const;
  return <Facts facts={facts} />;
}
