import fc from "fast-check";
import { expect, test } from "vitest";
import { lineSheetSearch, numbersOf } from "@/features/line-sheet/search";
import { writtenPicks } from "@/shared/picks";

test("an address is read as it was written", () => {
  const search = {
    styles: "10001-10056",
    window: "SS27-1",
    prices: "rrp",
    gtins: true,
    order: "name",
    paper: "letter",
    language: "hu",
  };
  expect(lineSheetSearch(search)).toEqual(search);
});

test("one style is a number to an address", () => {
  expect(lineSheetSearch({ styles: 10001 })).toEqual({ styles: "10001" });
});

test("styles are asked for once, and no more than there is room for", () => {
  expect(numbersOf("2-1-2-3-")).toEqual(["2", "1", "3"]);
  const many = Array.from({ length: 300 }, (_, index) => index).join("-");
  expect(numbersOf(many)).toHaveLength(200);
});

test("whatever an address says, it is a sheet that can be asked for", () => {
  const names = fc.constantFrom("styles", "window", "prices", "gtins", "order", "language");
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue()), (raw) => {
      const search = lineSheetSearch(raw);
      expect(lineSheetSearch({ ...search })).toEqual(search);
    }),
  );
});

test("an address has every style number, also those with hyphens", () => {
  expect(numbersOf("10001-10056")).toEqual(["10001", "10056"]);
  expect(numbersOf(writtenPicks(["CW2288-111", "10056"]))).toEqual(["CW2288-111", "10056"]);
  const number = fc.stringMatching(/^[A-Z0-9](?:[\w.-]{0,18}[\w.])?$/);
  fc.assert(
    fc.property(fc.uniqueArray(number, { maxLength: 20 }), (numbers) => {
      expect(numbersOf(writtenPicks(numbers))).toEqual(numbers);
    }),
  );
});
