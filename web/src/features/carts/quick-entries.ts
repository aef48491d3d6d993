import { parseQuantity } from "@/shared/quantity/paste";

export interface Entry {
  /** A SKU or GTIN, as typed. */
  code: string;
  /** Undefined where the text beside the code is no quantity. */
  quantity: number | undefined;
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
        : quantity;
    entries.set(code, { code, quantity: sum });
  }
  return [...entries.values()];
}
