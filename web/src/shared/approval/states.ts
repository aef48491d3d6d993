import { useLingui } from "@lingui/react/macro";
import type { ApprovalHead } from "@/shared/approval/approvals";

/** What became of what waited. */
export function useStateText(): (state: ApprovalHead["state"]) => string {
  const { t } = useLingui();
  return (state) =>
    ({
      waiting: t`Waits for approval`,
      approved: t`Approved`,
      rejected: t`Rejected`,
      returned: t`Sent back to the cart`,
      withdrawn: t`Withdrawn`,
      expired: t`Nobody decided in time`,
      lapsed: t`Approved too late`,
    })[state];
}
