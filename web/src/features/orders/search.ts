import type { components } from "@/api/schema/orders";
import { addressText } from "@/shared/address";

export type Status = components["schemas"]["Status"];

/** The statuses that an order can come to; nothing sets the others yet. */
export const STATUSES: Status[] = [
  "pending_approval",
  "accepted",
  "sent",
  "confirmed",
  "partly_shipped",
  "shipped",
  "invoiced",
  "rejected",
  "cancelled",
];

/** The filters of the list of orders, as its address has them. */
export interface OrderSearch {
  status?: Status;
  door?: string;
  window?: string;
  /** Part of a PO number, or the number of an order here or in SAP. */
  q?: string;
  from?: string;
  to?: string;
}

const FIRST_DAY = "0001-01-01";

/** Whether it is a day that there is; an address may ask for the 31st of February. */
const isDay = (value: unknown): value is string =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  value >= FIRST_DAY &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);

/** What an address says, without what makes no sense. */
export function orderSearch(raw: Record<string, unknown>): OrderSearch {
  const status = STATUSES.find((each) => each === raw.status);
  const [door, window] = [addressText(raw.door, 64), addressText(raw.window, 64)];
  const q = addressText(raw.q, 100);
  return {
    ...(status && { status }),
    ...(door && { door }),
    ...(window && { window }),
    ...(q && { q }),
    ...(isDay(raw.from) && { from: raw.from }),
    ...(isDay(raw.to) && { to: raw.to }),
  };
}

/** As many as the services number in one placing. */
const MOST_ORDERS = 999;

/** How many orders a placing made, as the address of its page has it. */
export function placedSearch(raw: Record<string, unknown>): { orders: number } {
  const orders = Math.floor(Number(raw.orders));
  return { orders: Math.min(Math.max(orders || 1, 1), MOST_ORDERS) };
}
