import type { Colourway, Sku, Style, Window } from "@/features/style/api/get-style";
import type { Ordered } from "@/features/style/ordered";

export interface GridRow {
  key: string;
  colourway: Colourway;
  /** The second dimension of the size (length, cup); null where there is none. */
  second: string | null;
  /** By column; null where the colourway has no such size. */
  skus: (Sku | null)[];
}

/** What the second dimension of the sizes measures. */
export type Second = "length" | "cup" | "width";

export interface Grid {
  /** Null where sizes have one dimension. */
  second: Second | null;
  columns: { key: string; name: string }[];
  rows: GridRow[];
}

/** Waist and length ("30x32"); band and cup ("75B"), or a shoe's length and width ("42EE"). */
const TWO_DIMENSIONS = [/^([^x]+)x([^x]+)$/, /^(\d+(?:\.\d)?)([A-Z]+)$/];

/** The colourways that a delivery window offers, by their sizes in wearing order. */
export function gridOf(style: Style, window: string): Grid {
  const colourways = style.colourways.filter((colourway) =>
    colourway.windows.some((each) => each.id === window),
  );
  const sizes = colourways.flatMap((colourway) => colourway.sizes);
  const pattern = TWO_DIMENSIONS.find((each) => sizes.every((sku) => each.test(sku.size)));
  const letters = style.unit === "PR" ? "width" : "cup";
  const second = pattern && (pattern === TWO_DIMENSIONS[0] ? "length" : letters);
  const parts = (sku: Sku): [first: string, second: string | null] => {
    const found = pattern?.exec(sku.size);
    return found ? [found[1]!, found[2]!] : [sku.size, null];
  };
  const names = new Map(
    sizes.map((sku) => [parts(sku)[0], pattern ? parts(sku)[0] : sku.size_name]),
  );
  const columns = [...names].map(([key, name]) => ({ key, name }));
  const rows = colourways.flatMap((colourway) =>
    [...new Set(colourway.sizes.map((sku) => parts(sku)[1]))].map((second) => ({
      key: `${colourway.id} ${second ?? ""}`,
      colourway,
      second,
      skus: columns.map(
        ({ key }) =>
          colourway.sizes.find((sku) => parts(sku)[0] === key && parts(sku)[1] === second) ?? null,
      ),
    })),
  );
  return { second: second ?? null, columns, rows };
}

/** All delivery windows of the style that take orders, the first to ship first. */
export function openWindows(style: Style): Window[] {
  const windows = new Map(
    style.colourways.flatMap((colourway) => colourway.windows.map((each) => [each.id, each])),
  );
  return [...windows.values()]
    .filter((window) => window.open)
    .sort((a, b) => a.ship_from.localeCompare(b.ship_from));
}

export interface TierState {
  unit: { amount: number; currency: string; per?: number };
  /** Pieces that the tier reached begins with; null where none is. */
  from: number | null;
  next: { missing: number; price: { amount: number; currency: string; per?: number } } | null;
}

/** What `pieces` of the style cost; volume tiers count all its colours and sizes. */
export function tierOf(price: Style["price"], pieces: number): TierState {
  const reached = price.tiers.filter((tier) => tier.quantity <= pieces).at(-1);
  const upcoming = price.tiers.find((tier) => tier.quantity > pieces);
  const unit = reached?.price ?? price.unit;
  return {
    unit,
    from: reached?.quantity ?? null,
    next: upcoming ? { missing: upcoming.quantity - pieces, price: upcoming.price } : null,
  };
}

interface Totals {
  pieces: number;
  /** Minor units that all cells together cost, each rounded as the service rounds a line. */
  value: number;
  /** What every piece costs; null where sizes that were ordered have prices of their own. */
  each: TierState | null;
}

/** What is ordered of a style; the style's own price where nothing is. */
export function totalsOf(style: Style, ordered: Ordered): Totals {
  const pieces = ordered.reduce((sum, cell) => sum + cell.quantity, 0);
  const skus = new Map(style.colourways.flatMap(({ sizes }) => sizes.map((sku) => [sku.sku, sku])));
  const tiers = new Map<string, TierState>();
  let value = 0;
  for (const { sku, quantity } of ordered) {
    if (!quantity) continue;
    const tier = tierOf(skus.get(sku)?.price ?? style.price, pieces);
    const { amount, per = 1 } = tier.unit;
    value += Math.round((amount * quantity) / per);
    tiers.set(`${amount} ${per}`, tier);
  }
  const [first = tierOf(style.price, pieces)] = tiers.values();
  return { pieces, value, each: tiers.size > 1 ? null : first };
}
