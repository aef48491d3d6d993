import type { components } from "@/api/schema/orders";

export type Status = components["schemas"]["Status"];

export const STATUSES: Status[] = [
  "pending_approval",
  "on_hold",
  "accepted",
  "sent",
  "confirmed",
  "partly_shipped",
  "shipped",
  "invoiced",
  "closed",
  "rejected",
  "cancelled",
];

/** The filters of the list of orders, as its address has them. */
export interface OrderSearch {
  status?: Status;
  door?: string;
  window?: string;
  po?: string;
  from?: string;
  to?: string;
}

const isDay = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** What an address says, without what makes no sense. */
export function orderSearch(raw: Record<string, unknown>): OrderSearch {
  const status = STATUSES.find((each) => each === raw.status);
  // Numbers in an address are parsed as such, a PO or door number, too.
  const text = (value: unknown, most: number) =>
    typeof value === "string" || typeof value === "number" ? String(value).slice(0, most) : "";
  const [door, window, po] = [text(raw.door, 64), text(raw.window, 64), text(raw.po, 20)];
  return {
    ...(status && { status }),
    ...(door && { door }),
    ...(window && { window }),
    ...(po && { po }),
    ...(isDay(raw.from) && { from: raw.from }),
    ...(isDay(raw.to) && { to: raw.to }),
  };
}
