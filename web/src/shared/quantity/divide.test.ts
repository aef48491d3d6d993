import fc from "fast-check";
import { expect, test } from "vitest";
import { divide, divider } from "@/shared/quantity/divide";

const weights = fc.array(fc.nat(100), { minLength: 1, maxLength: 12 });
const sum = (parts: number[]) => parts.reduce((a, b) => a + b, 0);

test.each([
  [10, [1, 1], 1, [5, 5]],
  [10, [1, 1, 1], 1, [4, 3, 3]],
  [100, [50, 30, 20], 1, [50, 30, 20]],
  [36, [1, 1], 6, [18, 18]],
  [30, [1, 1], 6, [18, 12]],
  [32, [1, 1], 6, [18, 14]],
  [4, [1, 1], 6, [4, 0]],
  [7, [0, 0], 1, [4, 3]],
  [0, [1, 2], 1, [0, 0]],
  [12, [1, 2, 2, 1], 1, [2, 4, 4, 2]],
])("%i by %j in steps of %i", (quantity, by, multiple, parts) => {
  expect(divide(quantity, by, multiple)).toEqual(parts);
});

test("no piece is lost or invented, and what weighs nothing gets nothing", () => {
  fc.assert(
    fc.property(
      fc.nat(99_999),
      weights,
      fc.integer({ min: 1, max: 24 }),
      (quantity, by, multiple) => {
        const parts = divide(quantity, by, multiple);
        expect(sum(parts)).toBe(quantity);
        parts.forEach((part, index) => {
          expect(part).toBeGreaterThanOrEqual(0);
          if (!by[index] && sum(by)) expect(part).toBe(0);
        });
      },
    ),
  );
});

test("packs stay whole; at most one part has the rest", () => {
  fc.assert(
    fc.property(
      fc.nat(9_999),
      weights,
      fc.integer({ min: 2, max: 24 }),
      (quantity, by, multiple) => {
        const broken = divide(quantity, by, multiple).filter((part) => part % multiple);
        expect(broken.length).toBe(quantity % multiple ? 1 : 0);
      },
    ),
  );
});

test("over many quantities the parts come out as weighed", () => {
  const quantities = fc.array(fc.nat(40), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(quantities, weights, (given, by) => {
      const next = divider(by);
      const totals = by.map(() => 0);
      for (const quantity of given) next(quantity).forEach((part, i) => (totals[i]! += part));
      const even = sum(by) ? by : by.map(() => 1);
      totals.forEach((total, index) => {
        const ideal = (sum(given) * even[index]!) / sum(even);
        expect(Math.abs(total - ideal)).toBeLessThan(by.length);
      });
    }),
  );
});
