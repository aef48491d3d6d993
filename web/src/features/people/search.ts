import type { CompanyAction } from "@/features/people/api/history";
import { addressText } from "@/shared/address";

export const ACTIONS: CompanyAction[] = [
  "invite",
  "withdraw",
  "join",
  "change_person",
  "remove_person",
  "change_rules",
  "name_deputy",
];

/** Which decisions, as the address of their page has it. */
export interface HistorySearch {
  action?: CompanyAction;
  who?: string;
  since?: string;
  until?: string;
}

export function historySearch(raw: Record<string, unknown>): HistorySearch {
  const action = ACTIONS.find((each) => each === raw.action);
  const who = addressText(raw.who, 100);
  const since = addressText(raw.since, 10);
  const until = addressText(raw.until, 10);
  return {
    ...(action && { action }),
    ...(who && { who }),
    ...(since && { since }),
    ...(until && { until }),
  };
}
