import { expect, test } from "vitest";
import { gridOf, openWindows, tierOf, totalsOf } from "@/features/style/grid";
import { PRE_BOOK, styleOf } from "@/testing/styles";

test("sizes are the columns, colourways the rows", () => {
  const grid = gridOf(styleOf(["Black", "Red"], ["S", "M", "2XL"]), "AO");
  expect(grid.columns.map((column) => column.name)).toEqual(["S", "M", "2XL"]);
  expect(grid.rows.map((row) => row.skus.map((sku) => sku?.size))).toEqual([
    ["S", "M", "2XL"],
    ["S", "M", "2XL"],
  ]);
});

test.each([
  [["30x30", "30x32"], "PCE", "length"],
  [["75A", "80B"], "PCE", "cup"],
  [["42D", "42.5EE"], "PR", "width"],
  [["S", "M"], "PCE", null],
] as const)("the second dimension of %j counted in %s is %s", (sizes, unit, second) => {
  const style = { ...styleOf(["Black"], [...sizes]), unit };
  expect(gridOf(style, "AO").second).toBe(second);
});

test.each([
  [
    ["30x30", "30x32", "32x32"],
    ["30", "32"],
    ["30", "32"],
    [
      ["30x30", undefined],
      ["30x32", "32x32"],
    ],
  ],
  [
    ["75A", "75B", "80B"],
    ["75", "80"],
    ["A", "B"],
    [
      ["75A", undefined],
      ["75B", "80B"],
    ],
  ],
])("two dimensions of %j are columns and rows", (sizes, columns, seconds, cells) => {
  const grid = gridOf(styleOf(["Black"], sizes), "AO");
  expect(grid.columns.map((column) => column.key)).toEqual(columns);
  expect(grid.rows.map((row) => row.second)).toEqual(seconds);
  expect(grid.rows.map((row) => row.skus.map((sku) => sku?.size))).toEqual(cells);
});

test("a window shows only the colourways that it offers", () => {
  const style = styleOf(["Black", "Red"], ["S"]);
  style.colourways[0]!.windows = [];
  expect(gridOf(style, "AO").rows.map((row) => row.colourway.name)).toEqual(["Red"]);
});

test("closed windows can't be chosen", () => {
  const style = styleOf(["Black"], ["S"]);
  style.colourways[0]!.windows.push({ ...PRE_BOOK, id: "FW27", open: false });
  expect(openWindows(style).map((window) => window.id)).toEqual(["AO", "SS27-1"]);
});

test.each([
  [0, 2000, 10],
  [9, 2000, 1],
  [10, 1800, 40],
  [50, 1500, undefined],
])("%i pieces cost %i each", (pieces, unit, missing) => {
  const tier = tierOf(styleOf([], []).price, pieces);
  expect([tier.unit.amount, tier.next?.missing]).toEqual([unit, missing]);
});

test("a size that has a price of its own costs that, at the volume of the whole style", () => {
  const style = styleOf(["Black"], ["S", "XL"]);
  const [small, large] = style.colourways[0]!.sizes;
  large!.price = {
    ...style.price,
    unit: { ...style.price.unit, amount: 2500 },
    tiers: [{ quantity: 10, price: { ...style.price.unit, amount: 2300 }, list_price: null }],
  };
  const cell = { door: "1", window: "AO" };
  const of = (first: number, second: number) => [
    { ...cell, sku: small!.sku, quantity: first },
    { ...cell, sku: large!.sku, quantity: second },
  ];
  expect(totalsOf(style, of(4, 5))).toMatchObject({ value: 4 * 2000 + 5 * 2500, each: null });
  expect(totalsOf(style, of(4, 6))).toMatchObject({ value: 4 * 1800 + 6 * 2300, each: null });
  expect(totalsOf(style, of(0, 5)).each?.unit.amount).toBe(2500);
  expect(totalsOf(style, of(9, 0)).each?.unit.amount).toBe(2000);
});
