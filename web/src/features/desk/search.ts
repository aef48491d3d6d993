import FUNCTIONS from "../../../../infra/functions.json";
import type { components } from "@/api/schema/operations";
import { addressText } from "@/shared/address";

export type Stage = components["schemas"]["HandoverStage"];
export type ParkReason = components["schemas"]["ParkReason"];
export type Action = components["schemas"]["Action"];
type Difference = components["schemas"]["DifferenceView"];
export type DifferenceKind = Difference["kinds"][number];
export type DifferenceState = Difference["state"];
export type ComparedFamily = Difference["family"];

export type Kind = "article" | "unit" | "plant" | "customer" | "sold_to";

export const KINDS: Kind[] = ["article", "unit", "plant", "customer", "sold_to"];
/** The families of which a message may wait: MESTYP, and stock. */
export const FAMILIES = ["COND_A", "stock", "ZCREDIT", "DEBMAS", "ORDRSP", "DESADV", "INVOIC"];
export const TOPICS = Object.values(FUNCTIONS).flatMap((each) =>
  "topic" in each ? [each.topic] : [],
);
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
  "park",
  "cancel",
  "call_again",
  "reconcile",
  "take",
  "settle",
  "invite",
  "withdraw",
  "join",
  "change_person",
  "remove_person",
  "change_assortment",
  "plan_assortment",
  "drop_plan",
  "assign_assortment",
  "change_rules",
  "name_deputy",
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

/** The filters of what waits, as their address has them. */
export interface WaitingSearch {
  family?: string;
  waits_for?: Kind;
  key?: string;
  old?: true;
}

export function waitingSearch(raw: Record<string, unknown>): WaitingSearch {
  const family = FAMILIES.find((each) => each === raw.family);
  const waitsFor = KINDS.find((each) => each === raw.waits_for);
  const key = addressText(raw.key, 200);
  return {
    ...(family && { family }),
    ...(waitsFor && { waits_for: waitsFor }),
    ...(key && { key }),
    ...(raw.old ? { old: true } : {}),
  };
}

/** Whose dead letters. */
export interface DeadLettersSearch {
  topic?: string;
}

export function deadLettersSearch(raw: Record<string, unknown>): DeadLettersSearch {
  const topic = TOPICS.find((each) => each === raw.topic);
  return topic ? { topic } : {};
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
  company?: string;
  who?: string;
  since?: string;
  until?: string;
}

export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  const action = ACTIONS.find((each) => each === raw.action);
  const company = addressText(raw.company, 10);
  const who = addressText(raw.who, 100);
  const since = addressText(raw.since, 10);
  const until = addressText(raw.until, 10);
  return {
    ...(action && { action }),
    ...(company && { company }),
    ...(who && { who }),
    ...(since && { since }),
    ...(until && { until }),
  };
}

/** Which differences; what the service does not know it refuses. */
export interface DifferencesSearch {
  state: DifferenceState;
  family?: ComparedFamily;
  kind?: DifferenceKind;
}

export function differencesSearch(raw: Record<string, unknown>): DifferencesSearch {
  const kind = addressText(raw.kind, 20) as DifferenceKind | "";
  const state = (addressText(raw.state, 20) || "parked") as DifferenceState;
  const family = addressText(raw.family, 20) as ComparedFamily | "";
  return { state, ...(family && { family }), ...(kind && { kind }) };
}

/** Which GTINs that several articles have. */
export interface SharedGtinsSearch {
  number?: string;
}

export function sharedGtinsSearch(raw: Record<string, unknown>): SharedGtinsSearch {
  const number = addressText(raw.number, 40);
  return number ? { number } : {};
}

/** Which companies. */
export interface CompaniesSearch {
  assortment?: string;
}

export function companiesSearch(raw: Record<string, unknown>): CompaniesSearch {
  const assortment = addressText(raw.assortment, 40);
  return assortment ? { assortment } : {};
}

/** Of which company, style and day is asked, and what was known by when; empty ones are left out. */
export interface PastSearch {
  company?: string;
  style?: string;
  day?: string;
  known?: string;
}

export function pastSearch(raw: Record<string, unknown>): PastSearch {
  const company = addressText(raw.company, 40);
  const style = addressText(raw.style, 40);
  const day = addressText(raw.day, 10);
  const known = addressText(raw.known, 30);
  return {
    ...(company && { company }),
    ...(style && { style }),
    ...(day && !isNaN(Date.parse(day)) && { day }),
    ...(known && !isNaN(Date.parse(known)) && { known }),
  };
}

/** Whether the assortment is one that there is not yet. */
export interface AssortmentSearch {
  new?: true;
}

export function assortmentSearch(raw: Record<string, unknown>): AssortmentSearch {
  return raw.new ? { new: true } : {};
}
