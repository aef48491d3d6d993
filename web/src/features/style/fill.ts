import type { GridRow } from "@/features/style/grid";
import type { QuantityChange } from "@/features/style/selection";

/** The row with so many packs on top of what it has. */
export function packsOn(
  row: GridRow,
  pack: Record<string, number>,
  times: number,
  quantityOf: (sku: string) => number,
): QuantityChange[] {
  return row.skus.flatMap((sku) => {
    const pieces = sku ? (pack[sku.size] ?? 0) * times : 0;
    return sku && pieces ? [{ sku: sku.sku, quantity: quantityOf(sku.sku) + pieces }] : [];
  });
}
