import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { type MyInvitation, useAnswerInvitation } from "@/features/session/api/my-invitations";
import styles from "@/features/session/components/my-invitations.module.css";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";

/** The companies that the person is invited to, each to be answered. */
export default function MyInvitations({ invitations }: { invitations: MyInvitation[] }): ReactNode {
  return (
    <>
      {invitations.map((invitation) => (
        <Invitation key={invitation.id} invitation={invitation} />
      ))}
    </>
  );
}

function Invitation({ invitation }: { invitation: MyInvitation }) {
  const { t } = useLingui();
  const format = useFormat();
  const answering = useAnswerInvitation(invitation);
  const { company_name: company, invited_by: by } = invitation;
  const until = format.moment(invitation.ends_at);
  return (
    <Notice title={t`You are invited to ${company}`}>
      <p>
        <Trans>
          By {by}; the invitation is good until {until}.
        </Trans>
      </p>
      {answering.error && <Failure error={answering.error} />}
      <div className={styles.answers}>
        <Button
          look="main"
          isDisabled={answering.isPending}
          onPress={() => answering.mutate(true)}
          aria-label={t`Join ${company}`}
        >
          <Trans>Join</Trans>
        </Button>
        <Button
          isDisabled={answering.isPending}
          onPress={() => answering.mutate(false)}
          aria-label={t`Decline the invitation to ${company}`}
        >
          <Trans>Decline</Trans>
        </Button>
      </div>
    </Notice>
  );
}
