import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { mayRepeat, Outdated, Problem, SignedOut, Unreachable } from "@/api/problem";
import { Button } from "@/ui/button";
import styles from "@/ui/notice.module.css";

interface Props {
  kind?: "info" | "warning" | "error";
  title?: string;
  children?: ReactNode;
}

/** Something to know, said where it matters; errors are read out at once. */
export function Notice({ kind = "info", title, children }: Props) {
  return (
    <div
      role={kind === "error" ? "alert" : "status"}
      className={`${styles.notice} ${styles[kind]}`}
    >
      {title && <strong>{title}</strong>}
      {children && <div>{children}</div>}
    </div>
  );
}

interface FailureProps {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong in words, and a way to try again where the same request may then succeed. */
export function Failure({ error, onRetry }: FailureProps) {
  const text = useFailureText(error);
  return (
    <Notice kind="error">
      <span>{text}</span>
      {onRetry && mayRepeat(error) && (
        <Button look="quiet" onPress={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      )}
    </Notice>
  );
}

/** The words for an error: the service's own where it gave any. */
export function useFailureText(error: unknown): string {
  const { t } = useLingui();
  if (error instanceof Unreachable)
    return t`Sellin can't be reached. Please check your connection.`;
  if (error instanceof Outdated) return t`There is a new version of Sellin. Please reload.`;
  if (error instanceof SignedOut) return t`Your session has ended. Please sign in again.`;
  if (error instanceof Problem && error.message) return error.message;
  // The firewall, which says no more than that.
  if (error instanceof Problem && error.status === 429)
    return t`Too many requests came from your network. Please try again in a minute.`;
  return t`Something went wrong. Please try again.`;
}
