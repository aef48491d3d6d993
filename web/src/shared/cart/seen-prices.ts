import type { Cart } from "@/shared/cart/types";

type Style = Cart["styles"][number];
export type Price = Style["unit_price"];

/** A price that is another one than the person last saw, at the same volume. */
export interface PriceChange {
  /** The style, or the SKU where it is one's own. */
  id: string;
  name: string;
  /** Null where it was not shown at all. */
  was: Price | null;
  now: Price;
}

/** A price of a style, or of a SKU whose price is another. */
export interface ShownPrice {
  style: string;
  sku: string | null;
  name: string;
  price: Price;
  /** The volume that it is for. */
  tier: number | null;
}

/** The prices of a cart: of each style, and of each SKU whose price is another than its style's. */
export function shownPrices(cart: Cart): ShownPrice[] {
  const styles = new Map(cart.styles.map((each) => [each.style, each]));
  const own = new Map<string, ShownPrice>();
  for (const { sku, style: number, style_name, size_name, unit_price: price } of cart.lines) {
    const style = styles.get(number);
    if (!style || !price || isSame(style.unit_price, price)) continue;
    const name = `${style_name} ${size_name}`;
    own.set(sku, { style: number, sku, name, price, tier: style.tier });
  }
  const ofStyles = cart.styles.map(({ style, name, unit_price: price, tier }) => {
    return { style, sku: null, name, price, tier };
  });
  return [...ofStyles, ...own.values()];
}

/** By style or SKU: the price that was shown, and the volume that it was for. */
type Seen = Record<string, { price: Price; tier: number | null }>;

const nameOf = (person: string, cart: string) => `sellin.prices.${person}.${cart}`;

/** What changed since the person saw the cart's prices the last time, on this device. */
export function priceChanges(storage: Storage, person: string, cart: Cart): PriceChange[] {
  const seen = read(storage, person, cart.id);
  return shownPrices(cart).flatMap(({ style, sku, name, price: now, tier }) => {
    const id = sku ?? style;
    const before = seen[id];
    // Another price for another volume is no change of prices.
    if (!before || before.tier !== tier || isSame(before.price, now)) return [];
    return [{ id, name, was: before.price, now }];
  });
}

/** Notes the prices as seen: all, or only those that were not seen before. */
export function notePrices(storage: Storage, person: string, cart: Cart, all: boolean): void {
  const seen = all ? {} : read(storage, person, cart.id);
  const now: Seen = {};
  for (const { style, sku, price, tier } of shownPrices(cart)) {
    const before = seen[sku ?? style];
    now[sku ?? style] = before && before.tier === tier ? before : { price, tier };
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
