import { type FoundLine, isFound, type NotFoundLine } from "@/shared/cart/look-up";
import type { Cell, DeliveryKey, LineChange } from "@/shared/cart/types";
import { MOST } from "@/shared/quantity/pieces";

/** The lines of a pasted or scanned list that have anything; the service reads them. */
export const quickEntries = (text: string): string[] =>
  text.split(/\r\n|\r|\n/).filter((line) => line.trim());

export interface Added {
  changes: LineChange[];
  /** Of those that a line of the cart has no room for, how many pieces it would have. */
  beyond: Map<FoundLine, number>;
}

/**
 * The lines of a delivery after found ones were added to what the cart has of them. Pieces that are
 * more than a line takes are not added at all: part of them is not what was meant.
 */
export function addEntries(
  found: (FoundLine | NotFoundLine)[],
  delivery: DeliveryKey,
  quantityOf: (cell: Cell) => number,
): Added {
  const quantities = new Map<string, number>();
  const beyond: Added["beyond"] = new Map();
  for (const line of found) {
    if (!isFound(line)) continue;
    // A SKU may be there several times, by its own number and by its GTIN.
    const had = quantities.get(line.sku) ?? quantityOf({ sku: line.sku, ...delivery });
    const sum = had + (line.pieces ?? 0);
    if (sum > MOST) beyond.set(line, sum);
    else quantities.set(line.sku, sum);
  }
  const changes = [...quantities].map(([sku, quantity]) => ({ sku, ...delivery, quantity }));
  return { changes, beyond };
}
