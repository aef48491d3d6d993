import fc from "fast-check";
import { expect, test } from "vitest";
import { orderSearch } from "@/features/orders/search";

test("numbers in an address are text, nonsense is left out", () => {
  expect(orderSearch({ po: 4711, door: 200011, status: "lost", from: "yesterday" })).toEqual({
    po: "4711",
    door: "200011",
  });
});

test("what was read stays as it is", () => {
  const names = fc.constantFrom("status", "door", "window", "po", "from", "to");
  const values = fc.oneof(fc.jsonValue(), fc.constantFrom("sent", "2026-11-22"));
  fc.assert(
    fc.property(fc.dictionary(names, values), (raw) => {
      const search = orderSearch(raw);
      expect(orderSearch({ ...search })).toEqual(search);
    }),
  );
});
