import type { Offers } from "@/shared/cart/look-up";
import { type Cart, type CartLine, type Check, type LineChange } from "@/shared/cart/types";

/** A line with its check of the code `shortage`. */
export interface Short {
  line: CartLine;
  check: Check;
}

/** The shortages of a cart, with their lines. */
export function shortagesOf(cart: Cart): Short[] {
  return cart.checks.flatMap((check) => {
    const index = /^\/lines\/(\d+)/.exec(check.pointer)?.[1];
    const line = index === undefined ? undefined : cart.lines[Number(index)];
    return line && check.code === "shortage" ? [{ line, check }] : [];
  });
}

/** What of a line can be had, in whole packs. */
export function takeable({ check }: Pick<Short, "check">, multiple: number): number {
  const left = Number(check.data.left);
  return Math.floor(left / multiple) * multiple;
}

/** The first day on which a line can be had whole; null where none is known. */
export function wholeOn({ line, check }: Short): string | null {
  const later = check.data.later as { on: string; quantity: number }[];
  return later.find(({ quantity }) => quantity >= line.quantity)?.on ?? null;
}

export interface Dated {
  /** Where there is enough of all of them. */
  day: string;
  /** What is missing, cell by cell. */
  missing: LineChange[];
  /** The same cells with what there is now. */
  kept: LineChange[];
}

/**
 * What is missing of lines that can be had whole on a later day of the same delivery window. It
 * needs a cart of its own, since a delivery has one day.
 */
export function takeOn(short: readonly Short[], multipleOf: (sku: string) => number): Dated {
  const days = short.flatMap((each) => wholeOn(each) ?? []).sort();
  const cells = short.map(({ line: { sku, door, window, quantity }, check }) => {
    const left = takeable({ check }, multipleOf(sku));
    return { cell: { sku, door, window }, left, missing: quantity - left };
  });
  return {
    day: days.at(-1) ?? "",
    missing: cells.map(({ cell, missing }) => ({ ...cell, quantity: missing })),
    kept: cells.map(({ cell, left }) => ({ ...cell, quantity: left })),
  };
}

interface Later {
  changes: LineChange[];
  /** Pieces that go to a later delivery. */
  pieces: number;
  /** Lines that no later delivery offers; they stay as they are. */
  none: CartLine[];
}

/**
 * Takes of each line what there is, and what is missing in the next delivery window that
 * offers it: on top of what is ordered there already.
 */
export function takeLater(
  short: readonly Short[],
  offers: Offers,
  multipleOf: (sku: string) => number,
  quantityOf: (cell: { sku: string; door: string; window: string }) => number,
): Later {
  const changes = new Map<string, LineChange>();
  const later: Later = { changes: [], pieces: 0, none: [] };
  const add = (cell: { sku: string; door: string; window: string }, pieces: number) => {
    const { sku, door, window } = cell;
    const key = `${sku}\n${door}\n${window}`;
    const had = changes.get(key)?.quantity ?? quantityOf(cell);
    changes.set(key, { sku, door, window, quantity: had + pieces });
  };
  for (const { line, check } of short) {
    const next = nextWindow(line, String(check.data.on), offers);
    const missing = line.quantity - takeable({ check }, multipleOf(line.sku));
    if (!next) later.none.push(line);
    else {
      add(line, -missing);
      add({ ...line, window: next }, missing);
      later.pieces += missing;
    }
  }
  later.changes = [...changes.values()];
  return later;
}

/** The next delivery window after this one that offers the line; they are in order of dates. */
function nextWindow(line: CartLine, on: string, { windows, isOffered }: Offers): string | null {
  const later = windows.find(
    (window) =>
      window.kind !== "at_once" &&
      window.id !== line.window &&
      window.ship_to > on &&
      isOffered(line.sku, window.id),
  );
  return later?.id ?? null;
}
