import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { OrdersPage } from "@/features/orders/components/orders-page";
import { orderSearch } from "@/features/orders/search";
import { onlyRead } from "@/shared/address";
import { orderOf } from "@/testing/orders";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

function open(at: string) {
  const queries: URLSearchParams[] = [];
  answering({
    "/v1/orders": (query: URLSearchParams) => {
      queries.push(query);
      return { orders: [], next: null };
    },
  });
  return { ...showPage("/orders", OrdersPage, at, onlyRead(orderSearch)), queries };
}

test("what an address says and no service takes is never asked for", async () => {
  const { queries } = open("/orders?status=closed&from=2026-02-31&to=2026-03-01&colour=red");
  await screen.findByText("No orders here.");
  expect(Object.fromEntries(queries[0]!)).toEqual({ placed_to: "2026-03-01", limit: "50" });
});

test.each([
  [{ ship_from: "2027-03-01", ship_to: "2027-04-15" }, "SS27-2 (Mar 1 – Apr 15, 2027)"],
  [{ ship_from: null, ship_to: null }, "SS27-2"],
  [{ at_once: true, window: "AO" }, "At once"],
])("a delivery window is told with its days: %o", async (given, name) => {
  const order = orderOf([], { window: "SS27-2", at_once: false, ...given });
  answering({ "/v1/orders": () => ({ orders: [order], next: null }) });
  showPage("/orders", OrdersPage, "/orders", onlyRead(orderSearch));
  expect(await screen.findByText((text) => text.startsWith(`${name} · `))).toBeTruthy();
});

test("without a filter there is none to be removed", async () => {
  open("/orders?status=closed");
  await screen.findByText("No orders here.");
  expect(screen.queryByRole("link", { name: "Remove all filters" })).toBeNull();
});

test("any part of a number is looked for, without the blanks around it", async () => {
  const { queries, router, container } = open("/orders");
  const field = await screen.findByRole("searchbox", { name: "PO or order number" });
  await expectAccessible(container);
  await userEvent.type(field, " müller 7 ");
  await waitFor(() => expect(queries.at(-1)!.get("q")).toBe("müller 7"));
  expect(router.state.location.search).toEqual({ q: "müller 7" });
});
