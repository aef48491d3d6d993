import fc from "fast-check";
import { expect, test } from "vitest";
import { catalogSearch, FACETS, filterCount, toggled } from "@/features/catalog/search";

test("an address is read as it was written", () => {
  const search = { q: "tee", sort: "price", stock: true, season: ["SS27"], size: ["S", "M"] };
  expect(catalogSearch(search)).toEqual(search);
});

test("a GTIN and a numeric size are text", () => {
  expect(catalogSearch({ q: 9521000100015, size: [42] })).toEqual({
    q: "9521000100015",
    size: ["42"],
  });
});

test("whatever an address says, the search is one that can be asked", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("q", "sort", "view", ...FACETS), fc.jsonValue()),
      (raw) => {
        const search = catalogSearch(raw);
        expect(catalogSearch({ ...search })).toEqual(search);
        expect((search.q ?? "").length).toBeLessThanOrEqual(100);
      },
    ),
  );
});

test("switching a filter twice changes nothing", () => {
  const search = catalogSearch({ colour: ["RED"] });
  expect(toggled(toggled(search, "colour", "BLUE"), "colour", "BLUE")).toEqual(search);
  expect(toggled(search, "colour", "RED")).toEqual({});
  expect(filterCount(toggled(search, "size", "M"))).toBe(2);
});
