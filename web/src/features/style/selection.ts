import type { Grid } from "@/features/style/grid";
import type { Position } from "@/shared/quantity/paste";

/** A rectangle of cells, from where it was begun to where it was drawn. */
export interface Range {
  from: Position;
  to: Position;
}

export interface QuantityChange {
  sku: string;
  quantity: number;
}

type QuantityOf = (sku: string) => number;

const between = (value: number, one: number, other: number) =>
  value >= Math.min(one, other) && value <= Math.max(one, other);

export const isIn = ({ from, to }: Range, row: number, column: number) =>
  between(row, from.row, to.row) && between(column, from.column, to.column);

export const isSeveral = ({ from, to }: Range) => from.row !== to.row || from.column !== to.column;

/** Extends a range by rows down and columns across, within the grid. */
export function extendRange(range: Range, grid: Grid, [down, across]: [number, number]): Range {
  const row = Math.min(Math.max(range.to.row + down, 0), grid.rows.length - 1);
  const column = Math.min(Math.max(range.to.column + across, 0), grid.columns.length - 1);
  return { ...range, to: { row, column } };
}

/** The SKUs of a range, row by row. */
export function skusIn(grid: Grid, range: Range): string[] {
  return grid.rows.flatMap((row, r) =>
    row.skus.flatMap((sku, c) => (sku && isIn(range, r, c) ? [sku.sku] : [])),
  );
}

/** A range as spreadsheets paste it. */
export function asTable(grid: Grid, range: Range, quantityOf: QuantityOf): string {
  const rows = grid.rows.flatMap((row, r) => {
    const fields = row.skus.flatMap((sku, c) =>
      isIn(range, r, c) ? [sku && quantityOf(sku.sku) ? String(quantityOf(sku.sku)) : ""] : [],
    );
    return fields.length ? [fields.join("\t")] : [];
  });
  return rows.join("\n");
}

/**
 * Copies the first row of a range into the rows below it, or into a single row the one above
 * it. To the right, it copies columns likewise.
 */
export function fillRange(
  grid: Grid,
  range: Range,
  way: "down" | "right",
  quantityOf: QuantityOf,
): QuantityChange[] {
  const first = (axis: "row" | "column") => Math.min(range.from[axis], range.to[axis]);
  const axis = way === "down" ? "row" : "column";
  const single = range.from[axis] === range.to[axis];
  const source = first(axis) - (single ? 1 : 0);
  return grid.rows.flatMap((row, r) =>
    row.skus.flatMap((sku, c) => {
      const here = way === "down" ? r : c;
      if (!sku || !isIn(range, r, c) || here === source) return [];
      const from = way === "down" ? grid.rows[source]?.skus[c] : row.skus[source];
      return from ? [{ sku: sku.sku, quantity: quantityOf(from.sku) }] : [];
    }),
  );
}
