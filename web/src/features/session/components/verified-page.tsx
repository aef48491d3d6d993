import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { verifyEmail } from "@/features/session/api/identity";
import { idToken } from "@/features/session/api/session";
import { Refusal } from "@/features/session/components/refusal";
import { SignInPage } from "@/features/session/components/sign-in-page";
import { Notice } from "@/ui/notice";

/** Where the link leads that shows that an address is somebody's: `/reset?mode=verifyEmail&…`. */
export function VerifiedPage() {
  const { t, i18n } = useLingui();
  const code = new URLSearchParams(location.search).get("oobCode") ?? "";
  const verifying = useQuery({
    queryKey: ["verify", code],
    queryFn: () => verify(code),
    retry: false,
    staleTime: Infinity,
  });
  return (
    <SignInPage title={t`E-mail address`} heading={t`Your e-mail address`} language={i18n.locale}>
      <Refusal error={verifying.error} />
      {verifying.data && (
        <Notice>
          <Trans>{verifying.data} is verified. You can order now.</Trans>
        </Notice>
      )}
      <a href="/">
        <Trans>To the sign-in</Trans>
      </a>
    </SignInPage>
  );
}

async function verify(code: string): Promise<string> {
  const email = await verifyEmail(code);
  // The token of who is signed in here says it from now on; else the next one does.
  await idToken(true).catch(() => undefined);
  return email;
}
