import fc from "fast-check";
import { expect, test } from "vitest";
import {
  catalogSearch,
  FACETS,
  filterCount,
  toggleValue,
  withoutFilters,
  withWords,
} from "@/features/catalog/search";

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
  expect(toggleValue(toggleValue(search, "colour", "BLUE"), "colour", "BLUE")).toEqual(search);
  expect(toggleValue(search, "colour", "RED")).toEqual({});
  expect(filterCount(toggleValue(search, "size", "M"))).toBe(2);
});

test("removing the filters leaves the words, the delivery, the sort and the view", () => {
  const kept = { q: "tee", delivery: ["AO"], sort: "price", view: "list" };
  const search = catalogSearch({ ...kept, stock: true, size: ["M"], season: ["SS27"] });
  expect(filterCount(search)).toBe(3);
  expect(withoutFilters(search)).toEqual(kept);
  expect(filterCount(withoutFilters(search))).toBe(0);
});

test("without words nothing is a best match", () => {
  const search = catalogSearch({ q: "tee", sort: "relevance", size: ["M"] });
  expect(withWords(search, " ")).toEqual({ size: ["M"] });
  expect(withWords(catalogSearch({ sort: "price" }), " cap ")).toEqual({ q: "cap", sort: "price" });
});
