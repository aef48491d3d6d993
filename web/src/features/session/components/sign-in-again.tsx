import { Trans, useLingui } from "@lingui/react/macro";
import { emailOf, signOut, whyEnded } from "@/features/session/api/session";
import { PasswordForm } from "@/features/session/components/password-form";
import { Providers } from "@/features/session/components/providers";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

/** Over the page of who must sign in again; all that is entered in it stays. */
export function SignInAgain() {
  const { t } = useLingui();
  return (
    <Dialog title={t`Please sign in again`} isOpen>
      <p>
        {whyEnded() === "idle" ? (
          <Trans>
            Nothing was entered here for a long time. What you had entered before is still here.
          </Trans>
        ) : (
          <Trans>Your session has ended. What you have entered is still here.</Trans>
        )}
      </p>
      <PasswordForm email={emailOf()}>
        <Providers />
        <Button look="quiet" onPress={signOut}>
          <Trans>Sign in as somebody else</Trans>
        </Button>
      </PasswordForm>
    </Dialog>
  );
}
