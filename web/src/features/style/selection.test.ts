import fc from "fast-check";
import { expect, test } from "vitest";
import { gridOf } from "@/features/style/grid";
import { asTable, extendRange, fillRange, type Range, skusIn } from "@/features/style/selection";
import { parseTable, placeTable } from "@/shared/quantity/paste";
import { styleOf } from "@/testing/styles";

const grid = gridOf(styleOf(["Black", "Red", "Blue"], ["S", "M", "L"]), "AO");
const range = (fromRow: number, fromColumn: number, toRow: number, toColumn: number): Range => ({
  from: { row: fromRow, column: fromColumn },
  to: { row: toRow, column: toColumn },
});
const numbered = (sku: string) =>
  grid.rows.flatMap((row) => row.skus).findIndex((each) => each?.sku === sku) + 1;
const short = (changes: { sku: string; quantity: number }[]) =>
  changes.map(({ sku, quantity }) => [sku.slice(6), quantity]);

test("a range is drawn in any direction, and ends at the edges", () => {
  expect(skusIn(grid, range(1, 1, 0, 0))).toHaveLength(4);
  expect(extendRange(range(0, 0, 2, 2), grid, [1, 1]).to).toEqual({ row: 2, column: 2 });
});

test("the first row is filled down, the first column to the right", () => {
  expect(short(fillRange(grid, range(0, 0, 2, 0), "down", numbered))).toEqual([
    ["01-S", 1],
    ["02-S", 1],
  ]);
  expect(short(fillRange(grid, range(0, 0, 0, 2), "right", numbered))).toEqual([
    ["00-M", 1],
    ["00-L", 1],
  ]);
});

test("a single cell is filled from above or from the left", () => {
  expect(short(fillRange(grid, range(1, 1, 1, 1), "down", numbered))).toEqual([["01-M", 2]]);
  expect(short(fillRange(grid, range(1, 1, 1, 1), "right", numbered))).toEqual([["01-M", 4]]);
  expect(fillRange(grid, range(0, 0, 0, 0), "down", numbered)).toEqual([]);
});

test("what is copied is pasted as it was", () => {
  const at = fc.record({ row: fc.nat(2), column: fc.nat(2) });
  fc.assert(
    fc.property(at, at, fc.array(fc.nat(99), { minLength: 9, maxLength: 9 }), (from, to, cells) => {
      const quantityOf = (sku: string) => cells[numbered(sku) - 1]!;
      const copied = parseTable(asTable(grid, { from, to }, quantityOf));
      const corner = { row: Math.min(from.row, to.row), column: Math.min(from.column, to.column) };
      const pasted = placeTable(copied, corner, () => true);
      for (const { row, column, quantity } of pasted.changes) {
        expect(quantity).toBe(quantityOf(grid.rows[row]!.skus[column]!.sku));
      }
      const filledCells = skusIn(grid, { from, to }).filter((sku) => quantityOf(sku));
      expect(pasted.changes).toHaveLength(filledCells.length);
    }),
  );
});
