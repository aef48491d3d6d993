import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import styles from "@/features/carts/components/upload-dialog.module.css";

/** What is being done with the file. */
export function Progress({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  return (
    <label className={styles.progress}>
      {children}
      <progress aria-label={t`Uploading`} />
    </label>
  );
}
