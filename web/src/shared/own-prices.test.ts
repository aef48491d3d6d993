import { expect, test } from "vitest";
import { ownPrices } from "@/shared/own-prices";

const priceOf = (amount: number) => ({ unit: { amount, currency: "EUR", per: 1 } });
const sizesOf = (name: string, prices: Record<string, number | null>) => ({
  name,
  sizes: Object.entries(prices).map(([size, amount]) => ({
    size,
    size_name: size,
    price: amount === null ? null : priceOf(amount),
  })),
});

test("sizes that cost the same are told together, once for all colours", () => {
  const colourways = [
    sizesOf("Black", { L: null, XL: 2800, XXL: 2800 }),
    sizesOf("Red", { L: null, XL: 2800, XXL: 2800 }),
  ];
  expect(ownPrices({ colourways })).toEqual([{ sizes: ["XL", "XXL"], price: priceOf(2800) }]);
});

test("a size that costs something else in another colour is named with its colour", () => {
  const colourways = [sizesOf("Black", { L: 2600 }), sizesOf("Red", { L: null })];
  expect(ownPrices({ colourways })).toEqual([{ sizes: ["Black L"], price: priceOf(2600) }]);
});
