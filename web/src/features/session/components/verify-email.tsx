import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { sendVerification } from "@/features/session/api/identity";
import { emailOf, idToken, isVerified } from "@/features/session/api/session";
import { Refusal } from "@/features/session/components/refusal";
import { SignInPage } from "@/features/session/components/sign-in-page";
import { SignOut } from "@/features/session/components/sign-out";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** For who has not shown yet that the address is theirs; `onVerified` is called once they did. */
export function VerifyEmail({ onVerified }: { onVerified: () => void }) {
  const { t, i18n } = useLingui();
  const email = emailOf();
  const sending = useMutation({ mutationFn: () => send(i18n.locale) });
  const looking = useMutation({
    mutationFn: async () => {
      await idToken(true);
      return isVerified();
    },
    onSuccess: (verified) => verified && onVerified(),
  });
  return (
    <SignInPage
      title={t`E-mail address`}
      heading={t`Verify your e-mail address`}
      language={i18n.locale}
    >
      <p>
        <Trans>
          Before you can order, please show that {email} is your address: we send you a message with
          a link to open.
        </Trans>
      </p>
      <Button look="main" isDisabled={sending.isPending} onPress={() => sending.mutate()}>
        <Trans>Send the message</Trans>
      </Button>
      {sending.isSuccess && (
        <Notice>
          <Trans>A link is on its way to {email}.</Trans>
        </Notice>
      )}
      <Refusal error={sending.error} />
      <Button isDisabled={looking.isPending} onPress={() => looking.mutate()}>
        <Trans>I have opened the link</Trans>
      </Button>
      {looking.data === false && (
        <Notice kind="warning">
          <Trans>The link has not been opened yet.</Trans>
        </Notice>
      )}
      <Refusal error={looking.error} />
      <SignOut />
    </SignInPage>
  );
}

async function send(language: string): Promise<void> {
  const id = await idToken(false);
  if (id) await sendVerification(id, language);
}
