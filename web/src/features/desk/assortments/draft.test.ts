import { expect, test } from "vitest";
import { itemsOf, linesOf } from "@/features/desk/assortments/draft";

test("colourways are read as lists and spreadsheets have them", () => {
  expect(itemsOf("10123\n10124\t010\r\n\n 10125 ; 400 ")).toEqual([
    { style: "10123", colour: "" },
    { style: "10124", colour: "010" },
    { style: "10125", colour: "400" },
  ]);
});

test("what is written is read again", () => {
  const items = [
    { style: "10123", colour: "" },
    { style: "10124", colour: "010" },
  ];
  expect(itemsOf(linesOf(items))).toEqual(items);
});
