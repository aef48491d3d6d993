import { Trans, useLingui } from "@lingui/react/macro";
import { type Invitation, useWithdraw } from "@/features/people/api/people";
import styles from "@/features/people/components/people-page.module.css";
import { useRoleText } from "@/features/people/roles";
import { useFormat } from "@/i18n/format";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

/** Somebody who is invited; nobody but the company writes to them. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useLingui();
  const format = useFormat();
  const role = useRoleText()(invitation.role);
  const withdrawing = useWithdraw(invitation);
  const until = format.moment(invitation.ends_at);
  const { name, email, invited_by: by } = invitation;
  return (
    <li className={styles.row}>
      <div className={styles.who}>
        <strong>{name}</strong>
        <span className={styles.mail}>{email}</span>
        <small className={styles.since}>
          <Trans>
            Invited by {by}, until {until}
          </Trans>
        </small>
      </div>
      <span>{role}</span>
      <div className={styles.actions}>
        <a href={useLetter(invitation)} aria-label={t`Write an e-mail to ${name}`}>
          <Trans>Write an e-mail</Trans>
        </a>
        <Button
          look="danger"
          isDisabled={withdrawing.isPending}
          onPress={() => withdrawing.mutate(undefined)}
          aria-label={t`Withdraw the invitation of ${name}`}
        >
          <Trans>Withdraw</Trans>
        </Button>
      </div>
      {withdrawing.error && (
        <div className={styles.failure}>
          <Failure error={withdrawing.error} />
        </div>
      )}
    </li>
  );
}

/** The address of an e-mail that tells them where to go (RFC 6068). */
function useLetter({ email, name }: Invitation): string {
  const { t } = useLingui();
  const company = useScope().company.name;
  const link = window.location.origin;
  const subject = t`${company}: your access to Sellin`;
  const forgotten = t`Forgot your password?`;
  const body = t`Hello ${name},

${company} invites you to order on Sellin: ${link}

Please sign in with this e-mail address and accept the invitation. If you have no password yet, choose “${forgotten}” first: the link that you then get lets you set one.`;
  const written = [`subject=${encodeURIComponent(subject)}`, `body=${encodeURIComponent(body)}`];
  return `mailto:${encodeURIComponent(email)}?${written.join("&")}`;
}
