import { useLingui } from "@lingui/react/macro";
import type { Status } from "@/features/orders/search";
import styles from "@/features/orders/components/status-text.module.css";

/** The status in words. */
export function useStatusText(): (status: Status) => string {
  const { t } = useLingui();
  return (status) =>
    ({
      pending_approval: t`Waits for approval`,
      on_hold: t`On hold`,
      accepted: t`Accepted`,
      sent: t`Handed over`,
      confirmed: t`Confirmed`,
      partly_shipped: t`Partly shipped`,
      shipped: t`Shipped`,
      invoiced: t`Invoiced`,
      closed: t`Closed`,
      rejected: t`Rejected`,
      cancelled: t`Cancelled`,
    })[status];
}

export function StatusText({ status }: { status: Status }) {
  const text = useStatusText();
  return <span className={`${styles.status} ${styles[status] ?? ""}`}>{text(status)}</span>;
}
