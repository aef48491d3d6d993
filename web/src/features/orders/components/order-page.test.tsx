import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setRequestContext } from "@/api/client";
import type { Order } from "@/features/orders/api/get-order";
import { OrderPage } from "@/features/orders/components/order-page";
import { pathOf, stubFetch } from "@/testing/fetch";
import { lineOf, orderOf } from "@/testing/orders";
import { showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

const FILE = "/v1/orders/7K3Q9XZ4M2-001/documents/confirmation";
const files = vi.fn<(request: Request) => Promise<Response>>();
const saved: { name: string; url: string }[] = [];

beforeEach(() => {
  saved.length = 0;
  vi.stubGlobal("scrollTo", () => undefined);
  files.mockReset();
  URL.createObjectURL = () => "blob:x";
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, url: this.href });
  });
  setRequestContext({
    token: async () => "token",
    company: () => "100001",
    locale: () => "en",
    onRefused: () => undefined,
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The page of an order; what it asks for besides goes to `files`. */
function open(order: Order) {
  stubFetch((request) =>
    request.url.includes("/documents/") ? files(request) : Response.json(order),
  );
  return showPage("/orders/$number", OrderPage, `/orders/${order.number}`);
}

const LINES = [lineOf("010", "S", 5, 10)];
const SHIPPED = orderOf(LINES, {
  status: "partly_shipped",
  history: [
    { status: "accepted", at: "2026-11-22T10:00:00Z", by: "Anna", by_kind: "person", reason: "" },
    { status: "confirmed", at: "2026-11-22T10:01:00Z", by: "SAP", by_kind: "sap", reason: "" },
    {
      status: "partly_shipped",
      at: "2026-12-01T08:00:00Z",
      by: "SAP",
      by_kind: "sap",
      reason: "80000001",
    },
  ],
  shipments: [
    {
      number: "80000001",
      carrier: "DHL Freight",
      tracking: "00340434161094",
      shipped_at: "2026-12-01T08:00:00Z",
      cancelled: false,
      lines: [{ position: 10, quantity: 2 }],
    },
    {
      number: "80000002",
      carrier: "",
      tracking: "",
      shipped_at: null,
      cancelled: true,
      lines: [{ position: 10, quantity: 1 }],
    },
  ],
  invoices: [
    {
      number: "90000001",
      on: "2026-12-02",
      net: { amount: 5000, currency: "EUR" },
      gross: { amount: 5950, currency: "EUR" },
      cancelled_by: null,
    },
  ],
});

test("shipments, invoices and the way are there for everybody", async () => {
  const { container } = open(SHIPPED);
  const shipments = await screen.findByRole("region", { name: "Shipments" });
  const [left, gone] = within(shipments)
    .getAllByRole("listitem")
    .filter((each) => within(each).queryByRole("heading"));
  expect(left).toHaveProperty("textContent", expect.stringContaining("Shipped on Dec 1, 2026"));
  expect(left).toHaveProperty("textContent", expect.stringContaining("00340434161094"));
  expect(left).toHaveProperty("textContent", expect.stringContaining("Tech Tee, Black, S"));
  expect(gone).toHaveProperty("textContent", expect.stringContaining("Cancelled"));
  const invoices = screen.getByRole("region", { name: "Invoices" });
  expect(invoices.textContent).toContain("€59.50");
  expect(screen.getByText("Delivery 80000001", { selector: "p" })).toBeTruthy();
  const coming = screen.getByRole("list", { name: "Still to come" });
  expect(
    within(coming)
      .getAllByRole("listitem")
      .map((each) => each.textContent),
  ).toEqual(["Shipped", "Invoiced"]);
  await expectAccessible(container);
});

test("a new order says that it waits, and has nothing to follow yet", async () => {
  open(
    orderOf(LINES, {
      status: "accepted",
      handover: { state: "waiting", detail: "Waiting to be sent to our order processing." },
    }),
  );
  await screen.findByRole("heading", { name: /Order 7K3Q9XZ4M2-001/ });
  expect(screen.queryByRole("region", { name: "Shipments" })).toBeNull();
  expect(screen.getByText("Waiting to be sent to our order processing.")).toBeTruthy();
});

test("a refused order says why at once", async () => {
  open(
    orderOf(LINES, {
      status: "rejected",
      handover: { state: "refused", detail: "Refused by our order processing: blocked" },
    }),
  );
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("blocked");
  expect(screen.queryByRole("list", { name: "Still to come" })).toBeNull();
});

test("the confirmation is fetched with the token and saved under the order's number", async () => {
  open(SHIPPED);
  const button = await screen.findByRole("button", {
    name: "Download the order confirmation as PDF",
  });
  files.mockResolvedValueOnce(new Response("%PDF-1.4"));
  await userEvent.click(button);
  await waitFor(() => expect(saved).toEqual([{ name: "7K3Q9XZ4M2-001.pdf", url: "blob:x" }]));
  const [request] = files.mock.calls[0]!;
  expect(pathOf(request)).toBe(`${FILE}.pdf`);
  expect(request.headers.get("Authorization")).toBe("Bearer token");
});

test("a file that could not be made is told, and can be asked for again", async () => {
  open(SHIPPED);
  const button = await screen.findByRole("button", {
    name: "Download the order confirmation as CSV",
  });
  files.mockResolvedValueOnce(
    Response.json({ code: "internal", detail: "It broke." }, { status: 500 }),
  );
  await userEvent.click(button);
  expect((await screen.findByRole("alert")).textContent).toContain("It broke.");
  files.mockResolvedValueOnce(new Response("x"));
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(saved).toEqual([{ name: "7K3Q9XZ4M2-001.csv", url: "blob:x" }]));
});
