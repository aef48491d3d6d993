import fc from "fast-check";
import { expect, test } from "vitest";
import { type Target, transfer, type Way } from "@/shared/cart/transfer";
import { type Cell, cellKey, type LineChange } from "@/shared/cart/types";

const line = (sku: string, door: string, window: string, quantity: number): LineChange => ({
  sku,
  door,
  window,
  quantity,
});
const to = (door: string | null, window: string | null = null, weight = 1): Target => ({
  door,
  window,
  weight,
});

/** A cart, and what becomes of it. */
function run(
  cart: LineChange[],
  way: Way,
  targets: Target[],
  given: { lines?: LineChange[]; multiple?: number; offered?: (window: string) => boolean } = {},
) {
  const cells = new Map(cart.map((each) => [cellKey(each), each.quantity]));
  const quantityOf = (cell: Cell) => cells.get(cellKey(cell)) ?? 0;
  const done = transfer({
    lines: given.lines ?? cart,
    way,
    targets,
    quantityOf,
    multipleOf: () => given.multiple ?? 1,
    isOffered: (_, window) => given.offered?.(window) ?? true,
  });
  for (const change of done.changes) cells.set(cellKey(change), change.quantity);
  return { ...done, quantityOf, all: [...cells.values()].reduce((a, b) => a + b, 0) };
}

test("moved pieces come on top of what is there", () => {
  const cart = [line("a", "1", "AO", 5), line("a", "2", "AO", 2)];
  const { quantityOf, pieces } = run(cart, "move", [to("2")], { lines: cart.slice(0, 1) });
  expect(quantityOf(cart[0]!)).toBe(0);
  expect(quantityOf(cart[1]!)).toBe(7);
  expect(pieces).toEqual([5]);
});

test("moving onto itself changes nothing", () => {
  expect(run([line("a", "1", "AO", 5)], "move", [to("1", "AO")]).changes).toEqual([]);
});

test("a copy leaves what it is made of", () => {
  const cart = [line("a", "1", "AO", 5)];
  const { quantityOf } = run(cart, "copy", [to("2"), to("3", "SS27-1")]);
  expect([
    quantityOf(cart[0]!),
    quantityOf({ sku: "a", door: "2", window: "AO" }),
    quantityOf({ sku: "a", door: "3", window: "SS27-1" }),
  ]).toEqual([5, 5, 5]);
});

test("a line is not copied onto itself", () => {
  const { changes, pieces } = run([line("a", "1", "AO", 5)], "copy", [to("1"), to("2")]);
  expect([changes.length, pieces]).toEqual([1, [0, 5]]);
});

test("a run split over three doors is fair over its sizes, not one size at a time", () => {
  const cart = ["S", "M", "L"].map((sku) => line(sku, "1", "AO", 4));
  expect(run(cart, "split", [to("1"), to("2"), to("3")]).pieces).toEqual([4, 4, 4]);
});

test("whole packs are not broken", () => {
  const cart = [line("a", "1", "AO", 36)];
  const { changes } = run(cart, "split", [to("1"), to("2")], { multiple: 12 });
  expect(changes.map((each) => each.quantity)).toEqual([24, 12]);
});

test("what a window does not offer stays, and is told", () => {
  const cart = [line("a", "1", "AO", 5)];
  const offered = (window: string) => window === "AO";
  const moved = run(cart, "move", [to(null, "SS27-1")], { offered });
  expect(moved).toMatchObject({ changes: [], staying: 5, pieces: [0] });
  const split = run(cart, "split", [to("1", "SS27-1"), to("2", "AO")], { offered });
  expect(split.pieces).toEqual([0, 5]);
});

test("a line that would get too large stays", () => {
  const cart = [line("a", "1", "AO", 60_000), line("a", "2", "AO", 50_000)];
  const { changes, staying } = run(cart, "move", [to("2")], { lines: cart.slice(0, 1) });
  expect([changes, staying]).toEqual([[], 60_000]);
});

test("moved or split, no piece is lost or made; copied, as many as told come on top", () => {
  const lines = fc.uniqueArray(
    fc.record({
      sku: fc.constantFrom("a", "b", "c"),
      door: fc.constantFrom("1", "2", "3"),
      window: fc.constantFrom("AO", "SS27-1"),
      quantity: fc.integer({ min: 1, max: 500 }),
    }),
    { selector: cellKey, maxLength: 12 },
  );
  const targets = fc.array(
    fc.record({
      door: fc.option(fc.constantFrom("1", "2", "3", "4")),
      window: fc.option(fc.constantFrom("AO", "SS27-1")),
      weight: fc.nat(5),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const way = fc.constantFrom<Way>("move", "copy", "split");
  fc.assert(
    fc.property(lines, fc.nat(12), targets, way, fc.boolean(), (cart, count, into, how, all) => {
      const chosen = cart.slice(0, count);
      const given = how === "move" ? into.slice(0, 1) : into;
      const done = run(cart, how, given, {
        lines: chosen,
        multiple: 6,
        offered: (window) => all || window === "AO",
      });
      const before = cart.reduce((sum, each) => sum + each.quantity, 0);
      const told = done.pieces.reduce((sum, each) => sum + each, 0);
      expect(done.all).toBe(how === "copy" ? before + told : before);
      expect(done.changes.every((change) => change.quantity >= 0)).toBe(true);
      if (how !== "copy") {
        expect(told + done.staying).toBe(chosen.reduce((sum, each) => sum + each.quantity, 0));
      }
    }),
  );
});
