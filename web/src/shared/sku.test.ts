import { expect, test } from "vitest";
import { colourwayOf, partsOf } from "@/shared/sku";

test.each([
  ["10123-010-42.5", { style: "10123", colour: "010", size: "42.5" }, "10123-010"],
  [
    "CW2288-111-42-NAVY-XL",
    { style: "CW2288-111-42", colour: "NAVY", size: "XL" },
    "CW2288-111-42-NAVY",
  ],
])("%s", (sku, parts, colourway) => {
  expect(partsOf(sku)).toEqual(parts);
  expect(colourwayOf(sku)).toBe(colourway);
});
