import type { Cart } from "@/shared/cart/types";

type Style = Cart["styles"][number];
export type Price = Style["unit_price"];

/** A price that is another one than the person last saw, at the same volume. */
export interface PriceChange {
  style: string;
  name: string;
  /** Null where it was not shown at all. */
  was: Price | null;
  now: Price;
}

/** By style: the price that was shown, and the volume that it was for. */
type Seen = Record<string, { price: Price; tier: number | null }>;

const nameOf = (person: string, cart: string) => `sellin.prices.${person}.${cart}`;

/** What changed since the person saw the cart's prices the last time, on this device. */
export function priceChanges(storage: Storage, person: string, cart: Cart): PriceChange[] {
  const seen = read(storage, person, cart.id);
  return cart.styles.flatMap(({ style, name, unit_price: now, tier }) => {
    const before = seen[style];
    // Another price for another volume is no change of prices.
    if (!before || before.tier !== tier || isSame(before.price, now)) return [];
    return [{ style, name, was: before.price, now }];
  });
}

/** Notes the prices as seen: all, or only those of styles that were not seen before. */
export function notePrices(storage: Storage, person: string, cart: Cart, all: boolean): void {
  const seen = all ? {} : read(storage, person, cart.id);
  const now: Seen = {};
  for (const { style, unit_price: price, tier } of cart.styles) {
    const before = seen[style];
    now[style] = before && before.tier === tier ? before : { price, tier };
  }
  try {
    storage.setItem(nameOf(person, cart.id), JSON.stringify(now));
  } catch {
    // Without it, changes are told by placing only.
  }
}

function read(storage: Storage, person: string, cart: string): Seen {
  return JSON.parse(storage.getItem(nameOf(person, cart)) ?? "{}") as Seen;
}

const isSame = (one: Price, other: Price) =>
  one.amount === other.amount && one.currency === other.currency && one.per === other.per;
