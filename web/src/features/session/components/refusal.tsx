import { Trans } from "@lingui/react/macro";
import { SignInRefused } from "@/features/session/api/identity";
import { Failure, Notice } from "@/ui/notice";

/** Why nobody was signed in; never which addresses have an account. */
export function Refusal({ error }: { error: Error | null }) {
  if (!error) return null;
  if (!(error instanceof SignInRefused)) return <Failure error={error} />;
  return (
    <Notice kind="error">
      <Reason code={error.code} />
    </Notice>
  );
}

function Reason({ code }: { code: string }) {
  switch (code) {
    case "TOO_MANY_ATTEMPTS_TRY_LATER":
      return <Trans>Too many attempts. Please wait a few minutes.</Trans>;
    case "USER_DISABLED":
      return <Trans>This account is disabled.</Trans>;
    case "ADMIN_ONLY_OPERATION":
      return <Trans>You have no account here yet. Please ask your contact at the brand.</Trans>;
    case "NEED_CONFIRMATION":
      return <Trans>Your account has a password. Please sign in with that.</Trans>;
    case "INVALID_LOGIN_CREDENTIALS":
    case "INVALID_PASSWORD":
    case "EMAIL_NOT_FOUND":
    case "INVALID_EMAIL":
      return <Trans>The e-mail address or the password is wrong.</Trans>;
    case "INVALID_OOB_CODE":
    case "EXPIRED_OOB_CODE":
      return <Trans>This link was used already or is too old. Please ask for a new one.</Trans>;
    case "WEAK_PASSWORD":
    case "PASSWORD_DOES_NOT_MEET_REQUIREMENTS":
      return <Trans>This password is too easy to guess. Please choose a longer one.</Trans>;
    default:
      return <Trans>The sign-in was not completed. Please try again.</Trans>;
  }
}
