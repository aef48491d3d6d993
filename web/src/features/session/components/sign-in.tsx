import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sendReset } from "@/features/session/api/identity";
import { comeBack, RETURN } from "@/features/session/api/provider";
import { begin } from "@/features/session/api/session";
import { PasswordForm } from "@/features/session/components/password-form";
import { Providers } from "@/features/session/components/providers";
import { Refusal } from "@/features/session/components/refusal";
import { SignInPage } from "@/features/session/components/sign-in-page";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";

/** Sign in by e-mail and password or with a provider, and ask for a new password. */
export function SignIn({ language }: { language: string }) {
  const { t } = useLingui();
  const [email, setEmail] = useState("");
  const [isMissed, setMissed] = useState(false);
  const resetting = useMutation({ mutationFn: () => sendReset(email, language) });
  const returning = useQuery({
    queryKey: ["coming-back"],
    queryFn: finish,
    enabled: location.pathname === RETURN,
    retry: false,
    staleTime: Infinity,
  });
  return (
    <SignInPage title={t`Sign in`} heading={t`Sign in to order`} language={language}>
      {returning.isFetching && (
        <p role="status">
          <Trans>Signing in…</Trans>
        </p>
      )}
      <Refusal error={returning.error} />
      <PasswordForm email={email} onEmail={setEmail}>
        <Button
          look="quiet"
          isDisabled={resetting.isPending}
          onPress={() => (email ? resetting.mutate() : setMissed(true))}
        >
          <Trans>Forgot your password?</Trans>
        </Button>
        {isMissed && !email && (
          <Notice kind="warning">
            <Trans>Please enter your e-mail address first.</Trans>
          </Notice>
        )}
        {resetting.isSuccess && (
          <Notice>
            <Trans>If there is an account for {email}, a link is on its way to it.</Trans>
          </Notice>
        )}
        {resetting.error && <Failure error={resetting.error} />}
      </PasswordForm>
      <Providers />
    </SignInPage>
  );
}

/** Ends the way by a provider where it began. */
async function finish(): Promise<true> {
  const address = location.href;
  // What the provider sent is for once, and for nobody's history.
  history.replaceState(null, "", RETURN);
  const { tokens, to } = await comeBack(address);
  history.replaceState(null, "", to);
  begin(tokens);
  return true;
}
