import fc from "fast-check";
import { expect, test } from "vitest";
import { orderSearch, placedSearch } from "@/features/orders/search";

test("numbers in an address are text, nonsense is left out", () => {
  expect(orderSearch({ q: 4711, door: 200011, status: "lost", from: "yesterday" })).toEqual({
    q: "4711",
    door: "200011",
  });
});

test.each(["2027-02-30", "2027-13-01", "0000-01-01", "2027-1-1"])("%s is no day", (day) => {
  expect(orderSearch({ from: day, to: "2028-02-29" })).toEqual({ to: "2028-02-29" });
});

test("a status that no order can come to is no filter", () => {
  for (const status of ["on_hold", "closed"]) {
    expect(orderSearch({ status })).toEqual({});
  }
});

test("what no service takes is left out of texts", () => {
  expect(orderSearch({ q: "PO\u0000 1\n", door: "a\u0085b" })).toEqual({ q: "PO 1", door: "ab" });
});

test("what was read stays as it is", () => {
  const names = fc.constantFrom("status", "door", "window", "q", "from", "to");
  const values = fc.oneof(fc.jsonValue(), fc.constantFrom("sent", "2026-11-22"));
  fc.assert(
    fc.property(fc.dictionary(names, values), (raw) => {
      const search = orderSearch(raw);
      expect(orderSearch({ ...search })).toEqual(search);
    }),
  );
});

test.each([
  [3, 3],
  ["12", 12],
  [2.7, 2],
  [1e9, 999],
  [-4, 1],
  ["many", 1],
  [Infinity, 999],
])("a placing of %s orders shows %i", (orders, shown) => {
  expect(placedSearch({ orders })).toEqual({ orders: shown });
});
