import type { Status } from "@/features/orders/search";

/** The way of an order that all goes well with. */
const WAY: Status[] = ["accepted", "sent", "confirmed", "shipped", "invoiced"];
/** Statuses beside the way, and how far along it they are. */
const BESIDE: Partial<Record<Status, number>> = {
  pending_approval: -1,
  on_hold: -1,
  partly_shipped: WAY.indexOf("confirmed"),
};
const ENDS: Status[] = ["rejected", "cancelled", "closed"];

/** What an order in this status has yet to come through; nothing where it ended. */
export function stepsToCome(status: Status): Status[] {
  if (ENDS.includes(status)) return [];
  return WAY.slice((BESIDE[status] ?? WAY.indexOf(status)) + 1);
}
