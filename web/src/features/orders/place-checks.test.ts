import { expect, test } from "vitest";
import { checksByDelivery, firstDay, isSettled, unsettled } from "@/features/orders/place-checks";
import { deliveryOf, placedCart, shortageOf } from "@/testing/carts";

const cart = () => {
  const given = placedCart([
    { sku: "10001-010-M", door: "d", window: "AO", quantity: 9 },
    { sku: "10001-010-L", door: "d", window: "AO", quantity: 4 },
  ]);
  given.checks = [
    shortageOf(0, 3, [
      { on: "2026-12-14", quantity: 8 },
      { on: "2026-12-20", quantity: 12 },
    ]),
    shortageOf(1, 0, [{ on: "2026-12-01", quantity: 4 }]),
  ];
  return given;
};
const places = (given: ReturnType<typeof cart>, day: string) => [
  ...unsettled(given, wanted(day)).keys(),
];
const wanted = (requested: string) => ({ "d\nAO": { requested } });

test("a delivery can be had from the day on that all its lines can", () => {
  const given = cart();
  expect(firstDay(given, given.deliveries[0]!, given.checks)).toBe("2026-12-20");
  given.deliveries[0]!.ship_to = "2026-12-15";
  expect(firstDay(given, given.deliveries[0]!, given.checks)).toBeNull();
});

test("without a day that has all, there is none", () => {
  const given = cart();
  given.checks = [shortageOf(0, 3, [{ on: "2026-12-14", quantity: 8 }])];
  expect(firstDay(given, given.deliveries[0]!, given.checks)).toBeNull();
  expect(places(given, "2026-12-14")).toEqual(["d\nAO"]);
});

test("a later date settles what is short, and nothing else", () => {
  const given = cart();
  expect(given.checks.map((check) => isSettled(given, check, wanted("2026-12-14")))).toEqual([
    false,
    true,
  ]);
  expect([...unsettled(given, {}).keys()]).toEqual(["d\nAO"]);
  expect(places(given, "2026-12-20")).toEqual([]);
  const blocked = { code: "company_blocked", severity: "error", pointer: "", detail: "", data: {} };
  given.checks.push(blocked as (typeof given.checks)[number]);
  expect(places(given, "2026-12-20")).toEqual([""]);
});

test("checks stand with the delivery that they are about", () => {
  const given = cart();
  given.deliveries.push(deliveryOf("d", "SS27-1"));
  const check = { code: "x", severity: "error" as const, detail: "", data: {} };
  given.checks = [
    { ...check, pointer: "/lines/1/sku" },
    { ...check, pointer: "/deliveries/1" },
    { ...check, pointer: "/styles/0" },
  ];
  const found = checksByDelivery(given);
  expect([...found.keys()]).toEqual(["d\nAO", "d\nSS27-1", ""]);
});
