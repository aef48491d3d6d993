import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import styles from "@/ui/failed-page.module.css";
import { Failure } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

interface Props {
  error: unknown;
  onRetry: () => void;
  /** Links to where the person goes on instead. */
  back: ReactNode;
}

/** A page whose content can't be had: headed as every page, and why. */
export function FailedPage({ error, onRetry, back }: Props) {
  const { t } = useLingui();
  const title = t`This page can't be shown`;
  return (
    <div className={styles.page}>
      <PageTitle>{title}</PageTitle>
      <h1>{title}</h1>
      <Failure error={error} onRetry={onRetry} />
      <p>{back}</p>
    </div>
  );
}
