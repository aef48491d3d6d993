import fc from "fast-check";
import { expect, test } from "vitest";
import { Problem } from "@/api/problem";
import { changedLines, faultsOf, styleLines, totals } from "@/features/orders/change";
import { lineOf, orderOf } from "@/testing/orders";

const order = orderOf([
  lineOf("010", "S", 3, 10),
  lineOf("010", "L", 2, 20),
  lineOf("020", "M", 4, 30),
  lineOf("020", "L", 1, 40),
]);

test("a style's lines stand by colour and size, the sizes in wearing order", () => {
  const [style] = styleLines(
    orderOf([...order.lines, lineOf("010", "XL", 5, 50), lineOf("020", "2XL", 6, 60)]),
  );
  expect(style!.sizes.map(({ key }) => key)).toEqual(["S", "M", "L", "XL", "2XL"]);
  expect(style!.rows.map((row) => row.name)).toEqual(["Black", "Red"]);
  expect(style!.rows.map((row) => row.lines.map((line) => line?.quantity ?? null))).toEqual([
    [3, null, 2, 5, null],
    [null, 4, 1, null, 6],
  ]);
});

test("only what differs is sent, and totals are those of the lines", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 4, maxLength: 4 }), (pieces) => {
      const wanted = new Map(order.lines.map((line, i) => [line.sku, pieces[i]!]));
      const sent = changedLines(order, wanted);
      expect(sent.every(({ sku, quantity }) => wanted.get(sku) === quantity)).toBe(true);
      expect(sent.length).toBe(order.lines.filter((line, i) => line.quantity !== pieces[i]).length);
      const sum = pieces.reduce((all, each) => all + each, 0);
      expect(totals(order, wanted)).toEqual({
        pieces: sum,
        net: { amount: 2500 * sum, currency: "EUR" },
      });
    }),
  );
});

test("a price for several pieces is rounded half up, as the service does", () => {
  const line = {
    ...lineOf("010", "S", 1, 10),
    unit_price: { amount: 5, currency: "EUR", per: 10 },
  };
  const net = (quantity: number) =>
    totals(orderOf([line]), new Map([[line.sku, quantity]])).net.amount;
  expect([0, 1, 2, 3].map(net)).toEqual([0, 1, 1, 2]);
});

test("faults are told by line, and what is about more than one by itself", () => {
  const check = (pointer: string, detail: string, severity = "error") => ({
    code: "x",
    severity,
    pointer,
    detail,
    data: {},
  });
  const problem = new Problem(409, {
    code: "not_changeable",
    checks: [
      check("/lines/1/quantity", "Only 4 left."),
      check("/lines/1/quantity", "Steps of 6."),
      check("/lines", "At least 100."),
      check("", "Closed."),
      check("", "Over the credit.", "warning"),
    ],
  });
  const { bySku, general } = faultsOf(problem, [{ sku: "a" }, { sku: "b" }]);
  expect([...bySku]).toEqual([["b", "Only 4 left. Steps of 6."]]);
  expect(general).toEqual(["At least 100.", "Closed."]);
});

test("sizes stay in wearing order whichever of them each colourway has", () => {
  const sizes = ["S", "M", "L", "XL"];
  const lines = [
    lineOf("010", "S", 1, 10),
    lineOf("010", "L", 1, 20),
    lineOf("020", "M", 1, 30),
    lineOf("020", "XL", 1, 40),
  ];
  const [style] = styleLines(orderOf(lines, { size_runs: { "10123": sizes } }));
  expect(style!.sizes.map(({ key }) => key)).toEqual(sizes);
  expect(style!.rows[1]!.lines.map((line) => line?.size ?? null)).toEqual([null, "M", null, "XL"]);
});
