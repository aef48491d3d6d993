import { expect, test } from "vitest";
import { addEntries, quickEntries } from "@/features/carts/quick-entries";
import type { FoundLine } from "@/shared/cart/look-up";

test("lines go to the service as they are, whatever ends them", () => {
  expect(quickEntries("9 521000 100015 3\r\n\n\u200b10001\u2011010 1.000\r  \n(01)x\t2")).toEqual([
    "9 521000 100015 3",
    "\u200b10001\u2011010 1.000",
    "(01)x\t2",
  ]);
});

test("what is taken comes on top, a SKU and its GTIN together", () => {
  const delivery = { door: "d", window: "AO" };
  const line = (pieces: number) => ({ status: "found", sku: "10001-010-S", pieces }) as FoundLine;
  expect(addEntries([line(3), line(4)], delivery, () => 10)).toEqual([
    { sku: "10001-010-S", ...delivery, quantity: 17 },
  ]);
});
