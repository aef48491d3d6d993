import type { Box } from "@/shared/approval/approvals";

const BOXES: Box[] = ["waiting", "mine", "all"];

/** Which box is shown, as the address has it. */
export interface ApprovalsSearch {
  box?: Box;
}

/** What an address says, without what makes no sense. */
export function approvalsSearch(raw: Record<string, unknown>): ApprovalsSearch {
  const box = BOXES.find((each) => each === raw.box);
  return box ? { box } : {};
}
