import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { circuitQuery } from "@/features/desk/api/queries";
import type { Choice } from "@/features/desk/api/actions";
import type {
  Action,
  ComparedFamily,
  DifferenceKind,
  DifferenceState,
  Kind,
  ParkReason,
  Stage,
} from "@/features/desk/search";
import { formatLocale } from "@/i18n/locale";

/** How far a hand-over is, in words. */
export function useStageText(): (stage: Stage) => string {
  const { t } = useLingui();
  return (stage) =>
    ({
      waiting: t`Waiting`,
      sending: t`Being sent`,
      in_doubt: t`In doubt`,
      parked: t`Waits for a decision`,
      accepted: t`In SAP`,
      refused: t`Refused`,
      withdrawn: t`Withdrawn`,
    })[stage];
}

/** The same of an order, or its change; of one that waits also that SAP is not called, and why. */
export function useHandoverText(): (handover: { state: Stage; in_doubt: boolean }) => string {
  const { t } = useLingui();
  const stage = useStageText();
  const { data: circuit } = useQuery(circuitQuery());
  return ({ state, in_doubt }) => {
    const text = stage(in_doubt ? "in_doubt" : state);
    if (state !== "waiting" || !circuit || circuit.state === "closed") return text;
    return circuit.state === "stopped"
      ? t`${text}, since SAP refuses our log-on`
      : t`${text}, since SAP can't be reached`;
  };
}

/** How an attempt to hand an order over ended, in words. */
export function useOutcomeText(): (outcome: string) => string {
  const { t } = useLingui();
  const texts: Record<string, string> = {
    started: t`Not ended`,
    created: t`Created in SAP`,
    changed: t`Changed in SAP`,
    found: t`Found in SAP`,
    refused: t`Refused`,
    denied: t`Not allowed in SAP`,
    failed: t`Failed`,
    unknown: t`Unknown`,
    clash: t`Changed in SAP since`,
  };
  return (outcome) => texts[outcome] ?? outcome;
}

/** Why an order waited for a decision, in words. */
export function useParkReasonText(): (reason: ParkReason) => string {
  const { t } = useLingui();
  return (reason) =>
    ({
      refused: t`Refused`,
      denied: t`Not allowed in SAP`,
      price_differs: t`Another price in SAP`,
      changed_in_sap: t`Changed in SAP since`,
      by_person: t`Parked at the desk`,
    })[reason];
}

/** Of seconds, in the largest unit of which there are two at least. */
export function durations(locale: string): (seconds: number) => string {
  const units = (["second", "minute", "hour"] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }),
  );
  return (seconds) => {
    const size = seconds < 120 ? 0 : seconds < 7_200 ? 1 : 2;
    return units[size]!.format(seconds / 60 ** size);
  };
}

/** How long something took, in the language that is shown. */
export function useDuration(): (seconds: number) => string {
  const { i18n } = useLingui();
  return useMemo(() => durations(formatLocale(i18n.locale)), [i18n.locale]);
}

/** What was done at the desk, or by a company about its people, in words. */
export function useActionText(): (action: Action) => string {
  const { t } = useLingui();
  return (action) =>
    ({
      replay: t`Replayed`,
      release: t`Released`,
      discard: t`Discarded`,
      retry: t`Sent at once`,
      resend: t`Sent again`,
      accept: t`SAP's price accepted`,
      reject: t`Rejected`,
      park: t`Parked`,
      cancel: t`Cancelled`,
      call_again: t`SAP called again`,
      reconcile: t`Orders compared with SAP's`,
      take: t`SAP's side taken over`,
      settle: t`Difference left as it is`,
      invite: t`Person invited`,
      withdraw: t`Invitation withdrawn`,
      join: t`Person let in`,
      change_person: t`Person's role changed`,
      remove_person: t`Person removed`,
      change_rules: t`Rules for approvals changed`,
      name_deputy: t`Deputy of an approver named`,
      change_assortment: t`Assortment changed`,
      plan_assortment: t`Change of an assortment planned`,
      drop_plan: t`Planned change given up`,
      assign_assortment: t`Company given an assortment`,
    })[action];
}

/** A kind of what messages wait for, in words. */
export function useKindText(): (kind: Kind) => string {
  const { t } = useLingui();
  return (kind) =>
    ({
      article: t`Article`,
      unit: t`Unit of an article`,
      plant: t`Plant`,
      customer: t`Customer`,
      sold_to: t`Customer of a ship-to`,
    })[kind];
}

/** What a message waits for, such as "article 10123", in words. */
export function useAwaitedText(): (awaited: string) => string {
  const text = useKindText();
  return (awaited) => {
    const [kind, ...key] = awaited.split(" ");
    return `${text(kind as Kind)} ${key.join(" ")}`;
  };
}

export const STATES: DifferenceState[] = ["parked", "seen", "mending", "mended", "gone", "settled"];

export const DIFFERENCE_KINDS: DifferenceKind[] = [
  "lines",
  "untold",
  "block",
  "unfiled",
  "missing",
  "unknown",
  "twice",
  "number",
  "header",
  "plant",
  "unit",
  "cancelled",
  "unconfirmed",
  "unreadable",
  "lacking",
];

/** Families of which there are differences to decide. */
export const DIFFERING: ComparedFamily[] = ["orders", "customers", "prices"];

/** What is compared with SAP's, in words. */
export function useFamilyText(): (family: ComparedFamily) => string {
  const { t } = useLingui();
  return (family) =>
    ({ orders: t`Orders`, stock: t`Stock`, prices: t`Prices`, customers: t`Customers` })[family];
}

/** A field of stock, a customer or prices that a snapshot mended, in words. */
export function useRecordFieldText(): (field: string) => string {
  const { t } = useLingui();
  const texts: Record<string, string> = {
    on_hand: t`In stock`,
    ordered: t`Open orders`,
    receipts: t`Receipts`,
    emptied: t`In stock, and not in SAP's`,
    records: t`Prices by day`,
    name: t`Name`,
    address: t`Address`,
    doors: t`Delivery addresses`,
    blocks: t`Blocks`,
    order_block: t`Blocked`,
    blocked: t`Blocked`,
    payment_terms: t`Payment terms`,
    price_list: t`Price list`,
    assortment: t`Assortment`,
    limit: t`Credit limit`,
    exposure: t`Credit exposure`,
    currency: t`Currency`,
    plant: t`Plant`,
  };
  return (field) => texts[field] ?? field;
}

/** What is said of a difference between an order and SAP's. */
export function useDifferenceTexts() {
  const { t } = useLingui();
  const fields: Record<string, string> = {
    order: t`Sales order`,
    document: t`Further document`,
    reference: t`Purchase order number`,
    customer: t`Customer`,
    organisation: t`Sales organisation`,
    channel: t`Distribution channel`,
    division: t`Division`,
    currency: t`Currency`,
    plant: t`Plant`,
    unit: t`Unit`,
    delivery_block: t`Delivery block`,
    billing_block: t`Billing block`,
    item: t`Item`,
    article: t`Article`,
    quantity: t`Quantity`,
    price: t`Price`,
    amount: t`Amount`,
  };
  return {
    state: (state: DifferenceState) =>
      ({
        seen: t`Found, looked at again soon`,
        mending: t`Being mended`,
        mended: t`Mended`,
        gone: t`No difference any more`,
        parked: t`Waits for a decision`,
        settled: t`Left as it is`,
      })[state],
    kind: (kind: DifferenceKind) =>
      ({
        lines: t`Items differ`,
        untold: t`SAP's message is missing`,
        block: t`Block differs`,
        unfiled: t`Further document not known here`,
        missing: t`Not in SAP`,
        unknown: t`Not known here`,
        twice: t`Several in SAP`,
        number: t`Under another number in SAP`,
        header: t`Customer or sales area differs`,
        plant: t`Plant differs`,
        unit: t`Unit differs`,
        cancelled: t`Ended here, goes on in SAP`,
        unconfirmed: t`Never confirmed by SAP`,
        unreadable: t`SAP's list can't be read`,
        lacking: t`Not in SAP's snapshot`,
      })[kind],
    field: (field: string) => fields[field] ?? field,
    choice: (choice: Choice) =>
      ({ take: t`Take SAP's over`, resend: t`Send ours again`, settle: t`Leave as it is` })[choice],
  };
}
