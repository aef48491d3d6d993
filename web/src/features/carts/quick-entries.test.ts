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
  const { changes, beyond } = addEntries([line(3), line(4)], delivery, () => 10);
  expect(changes).toEqual([{ sku: "10001-010-S", ...delivery, quantity: 17 }]);
  expect(beyond.size).toBe(0);
});

test("pieces that a line has no room for are named, none of them is taken", () => {
  const delivery = { door: "d", window: "AO" };
  const line = (pieces: number) => ({ status: "found", sku: "10001-010-S", pieces }) as FoundLine;
  const entries = [line(90_000), line(20_000), line(9_990)];
  const { changes, beyond } = addEntries(entries, delivery, () => 10);
  expect(changes).toEqual([{ sku: "10001-010-S", ...delivery, quantity: 100_000 }]);
  expect([...beyond]).toEqual([[entries[1], 110_010]]);
});
