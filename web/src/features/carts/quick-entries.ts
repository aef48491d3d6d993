import { type FoundLine, isFound, type NotFoundLine } from "@/shared/cart/look-up";
import type { Cell, DeliveryKey, LineChange } from "@/shared/cart/types";
import { MOST } from "@/shared/quantity/pieces";

/** The lines of a pasted or scanned list that have anything; the service reads them. */
export const quickEntries = (text: string): string[] =>
  text.split(/\r\n|\r|\n/).filter((line) => line.trim());

/** The lines of a delivery after found ones were added to what the cart has of them. */
export function addEntries(
  found: (FoundLine | NotFoundLine)[],
  delivery: DeliveryKey,
  quantityOf: (cell: Cell) => number,
): LineChange[] {
  const quantities = new Map<string, number>();
  for (const line of found) {
    if (!isFound(line)) continue;
    // A SKU may be there several times, by its own number and by its GTIN.
    const had = quantities.get(line.sku) ?? quantityOf({ sku: line.sku, ...delivery });
    quantities.set(line.sku, Math.min(had + (line.pieces ?? 0), MOST));
  }
  return [...quantities].map(([sku, quantity]) => ({ sku, ...delivery, quantity }));
}
