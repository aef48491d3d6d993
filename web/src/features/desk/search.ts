import type { components } from "@/api/schema/operations";
import { addressText } from "@/shared/address";

export type Stage = components["schemas"]["Stage"];
export type Action = components["schemas"]["Action"];

export const TOPICS = [
  "sap-products",
  "sap-prices",
  "sap-customers",
  "sap-inventory",
  "sap-orders",
];
export const STAGES: Stage[] = [
  "parked",
  "in_doubt",
  "waiting",
  "sending",
  "accepted",
  "refused",
  "withdrawn",
];
export const ACTIONS: Action[] = [
  "replay",
  "release",
  "discard",
  "retry",
  "resend",
  "accept",
  "reject",
  "call_again",
];

/** Hours that a message may be old at least, as they are offered. */
export const AGES = [1, 24, 168];

/** The filters of the quarantine, as its address has them. */
export interface QuarantineSearch {
  topic?: string;
  says?: string;
  hours?: number;
}

export function quarantineSearch(raw: Record<string, unknown>): QuarantineSearch {
  const topic = TOPICS.find((each) => each === raw.topic);
  const says = addressText(raw.says, 200);
  const hours = AGES.find((each) => each === Number(raw.hours));
  return { ...(topic && { topic }), ...(says && { says }), ...(hours && { hours }) };
}

/** Which orders, as the address of their page has it. */
export interface OrdersSearch {
  state: Stage;
  of: "order" | "change";
}

export function ordersSearch(raw: Record<string, unknown>): OrdersSearch {
  return {
    state: STAGES.find((each) => each === raw.state) ?? "parked",
    of: raw.of === "change" ? "change" : "order",
  };
}

/** Which of what was done. */
export interface AuditSearch {
  action?: Action;
}

export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  const action = ACTIONS.find((each) => each === raw.action);
  return action ? { action } : {};
}
