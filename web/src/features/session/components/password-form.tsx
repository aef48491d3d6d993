import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, type ReactNode, useState } from "react";
import { signIn } from "@/features/session/api/identity";
import { begin } from "@/features/session/api/session";
import { Refusal } from "@/features/session/components/refusal";
import styles from "@/features/session/components/sign-in.module.css";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";

interface Props {
  email: string;
  /** Absent where only this person may go on. */
  onEmail?: (email: string) => void;
  children?: ReactNode;
}

/** E-mail and password; what else can be done stands below the button. */
export function PasswordForm({ email, onEmail, children }: Props) {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const entering = useMutation({
    mutationFn: () => signIn(email, password),
    onSuccess: begin,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    entering.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextField
        label={t`E-mail`}
        type="email"
        name="email"
        autoComplete="username"
        required
        readOnly={!onEmail}
        value={email}
        onChange={(event) => onEmail?.(event.target.value)}
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
      {children}
    </form>
  );
}
