import { divide } from "@/shared/quantity/divide";

/** How a size sells beside the others: whole numbers by size label. */
export type Curve = Record<string, number>;

/** What usually sells of letter sizes, over all who wear them. */
const LETTERS: Curve = {
  "3XS": 1,
  XXS: 1,
  "2XS": 1,
  XS: 2,
  S: 4,
  M: 6,
  L: 5,
  XL: 3,
  XXL: 2,
  "2XL": 2,
  "3XL": 1,
  "4XL": 1,
};

/**
 * A curve to begin with: letters as they usually sell, everything else most in the middle of
 * the run and least at its ends. Sizes are in wearing order.
 */
export function usualCurve(sizes: readonly string[]): Curve {
  const known = sizes.every((size) => size in LETTERS);
  const middle = (sizes.length - 1) / 2;
  return Object.fromEntries(
    sizes.map((size, index) => [
      size,
      known ? LETTERS[size]! : 1 + Math.floor(middle - Math.abs(index - middle)),
    ]),
  );
}

/** `total` pieces over the sizes, in whole packs of `multiple` as far as they go. */
export const alongCurve = (
  total: number,
  sizes: readonly string[],
  curve: Curve,
  multiple: number,
): number[] =>
  divide(
    total,
    sizes.map((size) => curve[size] ?? 0),
    multiple,
  );

/** A person's own curves, by size run, on this device. */
export interface CurveStore {
  read(sizes: readonly string[]): Curve | null;
  keep(sizes: readonly string[], curve: Curve): void;
  forget(sizes: readonly string[]): void;
}

export function curveStore(storage: Storage, person: string): CurveStore {
  const name = (sizes: readonly string[]) => `sellin.curve.${person}.${sizes.join(" ")}`;
  return {
    read: (sizes) => JSON.parse(storage.getItem(name(sizes)) ?? "null") as Curve | null,
    keep: (sizes, curve) => storage.setItem(name(sizes), JSON.stringify(curve)),
    forget: (sizes) => storage.removeItem(name(sizes)),
  };
}
