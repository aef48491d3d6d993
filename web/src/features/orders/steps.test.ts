import { expect, test } from "vitest";
import { stepsToCome } from "@/features/orders/steps";

test("what is to come follows from where an order is", () => {
  expect(stepsToCome("on_hold")).toEqual(["accepted", "sent", "confirmed", "shipped", "invoiced"]);
  expect(stepsToCome("sent")).toEqual(["confirmed", "shipped", "invoiced"]);
  expect(stepsToCome("partly_shipped")).toEqual(["shipped", "invoiced"]);
  expect(stepsToCome("invoiced")).toEqual([]);
});

test("nothing comes after an end", () => {
  for (const status of ["rejected", "cancelled", "closed"] as const) {
    expect(stepsToCome(status)).toEqual([]);
  }
});
