import { type FoundLine, isFound, type NotFoundLine } from "@/shared/cart/look-up";
import type { Cell, DeliveryKey, LineChange } from "@/shared/cart/types";
import { MOST, parseQuantity } from "@/shared/quantity/paste";

export interface Entry {
  /** A SKU or GTIN, as typed. */
  code: string;
  /** Undefined where the text beside the code is no quantity. */
  quantity: number | undefined;
  /** The line, or lines, as they came. */
  text: string;
}

/**
 * The lines of a pasted or scanned list: a code, then a quantity after a tab, semicolon,
 * comma or blank. A code alone is one piece, and one scanned again is one more.
 */
export function quickEntries(text: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, code, rest] = /^\s*([^\s;,]+)[\s;,]*(.*)$/u.exec(line) ?? [];
    if (!code) continue;
    const quantity = rest?.trim() ? parseQuantity(rest) : 1;
    const earlier = entries.get(code);
    const sum =
      earlier && quantity !== undefined && earlier.quantity !== undefined
        ? earlier.quantity + quantity
        : undefined;
    entries.set(code, {
      code,
      quantity: earlier ? sum : quantity,
      text: earlier ? `${earlier.text}\n${line}` : line,
    });
  }
  return [...entries.values()];
}

/** The lines of a delivery after found entries were added to what the cart has of them. */
export function addEntries(
  found: { entry: Entry; line: FoundLine | NotFoundLine }[],
  delivery: DeliveryKey,
  quantityOf: (cell: Cell) => number,
): LineChange[] {
  const quantities = new Map<string, number>();
  for (const { entry, line } of found) {
    if (!isFound(line)) continue;
    // A SKU may be there by its own number and by its GTIN.
    const had = quantities.get(line.sku) ?? quantityOf({ sku: line.sku, ...delivery });
    quantities.set(line.sku, Math.min(had + (entry.quantity ?? 0), MOST));
  }
  return [...quantities].map(([sku, quantity]) => ({ sku, ...delivery, quantity }));
}
