import fc from "fast-check";
import { expect, test } from "vitest";
import { quickEntries, addEntries } from "@/features/carts/quick-entries";
import type { FoundLine } from "@/shared/cart/look-up";

const short = (text: string) =>
  quickEntries(text).map(({ code, quantity }) => ({ code, quantity }));

test.each([
  ["10001-010-42.5\t12", [{ code: "10001-010-42.5", quantity: 12 }]],
  ["9521000100015;6", [{ code: "9521000100015", quantity: 6 }]],
  [
    "10001-010-S 3\n\n10001-010-M",
    [
      { code: "10001-010-S", quantity: 3 },
      { code: "10001-010-M", quantity: 1 },
    ],
  ],
  ["10001-010-S some", [{ code: "10001-010-S", quantity: undefined }]],
  ["10001-010-S some\n10001-010-S 2", [{ code: "10001-010-S", quantity: undefined }]],
  ["  \n", []],
])("%j is read", (text, entries) => {
  expect(short(text)).toEqual(entries);
});

test("scanning the same code adds up, whatever the line breaks", () => {
  const scans = fc.array(fc.constantFrom("9521000100015", "9521000100022"), { maxLength: 30 });
  fc.assert(
    fc.property(scans, fc.constantFrom("\n", "\r\n", "\r"), (codes, lineBreak) => {
      const entries = quickEntries(codes.join(lineBreak));
      for (const { code, quantity } of entries) {
        expect(quantity).toBe(codes.filter((each) => each === code).length);
      }
      expect(new Set(entries.map((entry) => entry.code))).toEqual(new Set(codes));
    }),
  );
});

test("what is taken comes on top, a SKU and its GTIN together", () => {
  const delivery = { door: "d", window: "AO" };
  const line = { status: "found", sku: "10001-010-S" } as FoundLine;
  const taken = quickEntries("10001-010-S 3\n9521000100015 4").map((entry) => ({ entry, line }));
  expect(addEntries(taken, delivery, () => 10)).toEqual([
    { sku: "10001-010-S", ...delivery, quantity: 17 },
  ]);
});
