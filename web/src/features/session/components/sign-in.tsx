import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sendReset, signIn, SignInRefused } from "@/features/session/api/identity";
import { LanguageSwitch } from "@/features/session/components/language-switch";
import styles from "@/features/session/components/sign-in.module.css";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Sign in by e-mail and password, and ask for a new password. */
export function SignIn({ language }: { language: string }) {
  const { t } = useLingui();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const entering = useMutation({ mutationFn: () => signIn(email, password) });
  const resetting = useMutation({ mutationFn: () => sendReset(email, language) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    resetting.reset();
    entering.mutate();
  };
  return (
    <div className={styles.page}>
      <PageTitle>{t`Sign in`}</PageTitle>
      <header>
        <LanguageSwitch language={language} />
      </header>
      <main className={styles.main}>
        <p className={styles.brand}>Sellin</p>
        <h1>
          <Trans>Sign in to order</Trans>
        </h1>
        <form onSubmit={submit} className={styles.form}>
          <TextField
            label={t`E-mail`}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <TextField
            label={t`Password`}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Refusal error={entering.error} />
          <Button type="submit" look="main" isDisabled={entering.isPending}>
            {entering.isPending ? <Trans>Signing in…</Trans> : <Trans>Sign in</Trans>}
          </Button>
          <Button
            look="quiet"
            isDisabled={!email || resetting.isPending}
            onPress={() => resetting.mutate()}
          >
            <Trans>Forgot your password?</Trans>
          </Button>
          {resetting.isSuccess && (
            <Notice>
              <Trans>If there is an account for {email}, a link is on its way to it.</Trans>
            </Notice>
          )}
          {resetting.error && <Failure error={resetting.error} />}
        </form>
      </main>
    </div>
  );
}

function Refusal({ error }: { error: Error | null }) {
  if (!error) return null;
  if (!(error instanceof SignInRefused)) return <Failure error={error} />;
  return (
    <Notice kind="error">
      {error.code === "TOO_MANY_ATTEMPTS_TRY_LATER" ? (
        <Trans>Too many attempts. Please wait a few minutes.</Trans>
      ) : error.code === "USER_DISABLED" ? (
        <Trans>This account is disabled.</Trans>
      ) : (
        <Trans>The e-mail address or the password is wrong.</Trans>
      )}
    </Notice>
  );
}
