import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { readReset, resetPassword } from "@/features/session/api/identity";
import { Refusal } from "@/features/session/components/refusal";
import { SignInPage } from "@/features/session/components/sign-in-page";
import styles from "@/features/session/components/sign-in.module.css";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";

/** NIST SP 800-63B-4, 3.1.1.2, of a password alone; docs/operations.md sets it where people sign in. */
const MIN_LENGTH = 15;

/** Where the link for a new password leads: `/reset?mode=resetPassword&oobCode=…`. */
export function ResetPage() {
  const { t, i18n } = useLingui();
  const [password, setPassword] = useState("");
  const query = new URLSearchParams(location.search);
  const code = query.get("mode") === "resetPassword" ? (query.get("oobCode") ?? "") : "";
  const asked = useQuery({
    queryKey: ["reset", code],
    queryFn: () => readReset(code),
    retry: false,
    staleTime: Infinity,
  });
  const changing = useMutation({ mutationFn: () => resetPassword(code, password) });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    changing.mutate();
  };
  return (
    <SignInPage title={t`New password`} heading={t`Choose a new password`} language={i18n.locale}>
      <Refusal error={asked.error} />
      {asked.data && !changing.isSuccess && (
        <form onSubmit={submit} className={styles.form}>
          <TextField
            label={t`E-mail`}
            type="email"
            name="email"
            autoComplete="username"
            readOnly
            value={asked.data}
          />
          <TextField
            label={t`New password`}
            hint={t`At least ${MIN_LENGTH} characters`}
            type="password"
            name="password"
            autoComplete="new-password"
            required
            minLength={MIN_LENGTH}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Refusal error={changing.error} />
          <Button type="submit" look="main" isDisabled={changing.isPending}>
            <Trans>Change the password</Trans>
          </Button>
        </form>
      )}
      {changing.isSuccess && (
        <Notice>
          <Trans>Your password is changed. You can sign in with it now.</Trans>
        </Notice>
      )}
      <a href="/">
        <Trans>To the sign-in</Trans>
      </a>
    </SignInPage>
  );
}
