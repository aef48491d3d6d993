import { expect, test } from "vitest";
import { placeRequest } from "@/features/orders/place-request";
import { cartOf } from "@/testing/carts";

test("what was shown is what is ordered: version, prices, dates", () => {
  const money = { amount: 0, currency: "EUR" };
  const cart = cartOf(7);
  const delivery = {
    door: "200011",
    door_name: "Leipzig",
    window: "AO",
    kind: "at_once" as const,
    ship_from: null,
    ship_to: null,
    cut_off: null,
    pieces: 1,
    unit: "PCE" as const,
    net: money,
    gross: money,
    minimum: money,
    missing: money,
    vat: {
      rule: "domestic" as const,
      rate: 190,
      amount: money,
      category: "S",
      exemption: null,
      note: null,
    },
  };
  cart.deliveries = [delivery, { ...delivery, window: "SS27-1" }];
  const price = { amount: 1990, currency: "EUR", per: 1 };
  cart.styles = [
    {
      style: "10001",
      name: "Tee",
      unit: "PCE",
      pieces: 1,
      minimum: 0,
      multiple: 1,
      price_source: "market",
      unit_price: price,
      list_price: null,
      tier: null,
      next_tier: null,
    },
  ];
  const dates = { "200011\nSS27-1": { requested: "2027-02-01", cancelBy: "" } };
  expect(placeRequest(cart, "PO-1", dates)).toEqual({
    consent: null,
    cart: { id: "c1", revision: 7 },
    po_number: "PO-1",
    deliveries: [
      { door: "200011", window: "AO", requested_on: null, cancel_by: null },
      { door: "200011", window: "SS27-1", requested_on: "2027-02-01", cancel_by: null },
    ],
    prices: [{ style: "10001", sku: null, unit_price: price }],
  });
  // A SKU that costs something else than its style is confirmed with its own price.
  const at = { door: "200011", window: "AO", quantity: 1 };
  const [line] = cartOf(7, [{ sku: "10001-010-M", ...at }]).lines;
  const own = { ...price, amount: 2190 };
  cart.lines = [{ ...line!, style: "10001", unit_price: own }];
  expect(placeRequest(cart, "PO-1", dates).prices).toEqual([
    { style: "10001", sku: null, unit_price: price },
    { style: "10001", sku: line!.sku, unit_price: own },
  ]);
});
