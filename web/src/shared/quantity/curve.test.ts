import fc from "fast-check";
import { expect, test } from "vitest";
import { alongCurve, curveStore, usualCurve } from "@/shared/quantity/curve";

test("letters sell as they usually do", () => {
  expect(alongCurve(40, ["S", "M", "L", "XL"], usualCurve(["S", "M", "L", "XL"]), 1)).toEqual([
    9, 13, 11, 7,
  ]);
});

test("of other sizes most are in the middle of the run", () => {
  const sizes = ["40", "41", "42", "43", "44"];
  expect(usualCurve(sizes)).toEqual({ 40: 1, 41: 2, 42: 3, 43: 2, 44: 1 });
  expect(alongCurve(90, sizes, usualCurve(sizes), 1)).toEqual([10, 20, 30, 20, 10]);
});

test("an own curve is kept for its run and its person", () => {
  const mine = curveStore(localStorage, "anna");
  mine.keep(["S", "M"], { S: 1, M: 9 });
  expect(mine.read(["S", "M"])).toEqual({ S: 1, M: 9 });
  expect(mine.read(["S", "M", "L"])).toBeNull();
  expect(curveStore(localStorage, "ben").read(["S", "M"])).toBeNull();
  mine.forget(["S", "M"]);
  expect(mine.read(["S", "M"])).toBeNull();
});

test("whatever the curve, the pieces of the sizes are those that were given", () => {
  const sizes = ["36", "37", "38", "39", "40", "41", "42"];
  const curve = fc.array(fc.nat(20), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(
      fc.nat(5_000),
      curve,
      fc.integer({ min: 1, max: 12 }),
      (total, weights, multiple) => {
        const own = Object.fromEntries(sizes.map((size, index) => [size, weights[index]!]));
        const parts = alongCurve(total, sizes, own, multiple);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
      },
    ),
  );
});
