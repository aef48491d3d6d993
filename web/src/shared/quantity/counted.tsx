import { plural } from "@lingui/core/macro";
import { Plural, useLingui } from "@lingui/react/macro";
import type { Cart } from "@/shared/cart/types";
import { partsOf } from "@/shared/sku";

/** What is counted (UN/ECE Recommendation 20): pieces, or pairs where all goods are pairs. */
export type Unit = Cart["totals"]["unit"];

interface Props {
  value: number;
  /** Nothing where it is not known: orders of before it was kept. */
  unit: Unit | null | undefined;
}

/** How many pieces or pairs. */
export function Counted({ value, unit }: Props) {
  return unit === "PR" ? (
    <Plural value={value} one="# pair" other="# pairs" />
  ) : (
    <Plural value={value} one="# piece" other="# pieces" />
  );
}

/** The same as a text, to stand in another. */
export function useCounted(): (value: number, unit: Unit) => string {
  const { t } = useLingui();
  return (value, unit) =>
    unit === "PR"
      ? t`${plural(value, { one: "# pair", other: "# pairs" })}`
      : t`${plural(value, { one: "# piece", other: "# pieces" })}`;
}

/** What some SKUs of a cart are counted in together: pairs only where all of them are. */
export function unitOf(cart: Cart, skus: Iterable<{ sku: string }>): Unit {
  const units = new Map(cart.styles.map(({ style, unit }) => [style, unit]));
  const found = new Set([...skus].map(({ sku }) => units.get(partsOf(sku).style)));
  return found.size === 1 && found.has("PR") ? "PR" : "PCE";
}
