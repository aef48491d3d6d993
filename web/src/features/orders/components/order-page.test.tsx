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
      sales_order: "",
      lines: [{ position: 10, quantity: 2 }],
    },
    {
      number: "80000002",
      carrier: "",
      tracking: "",
      shipped_at: null,
      cancelled: true,
      sales_order: "",
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
      sales_order: "",
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

const SMALL = {
  sku: "10123-010-S",
  style_name: "Tech Tee",
  colour_name: "Black",
  size_name: "S",
};
const SUBSTITUTION = {
  ordered: SMALL,
  accepted: null,
  at: null,
  by: null,
  by_kind: null,
  may_refuse: true,
  why_not: null,
};
const REPLACED: Order["lines"][number] = {
  ...lineOf("010", "L", 4, 10),
  in_place_of: SMALL,
  substitution: SUBSTITUTION,
};
const BY_THE_BRAND = orderOf([REPLACED, { ...lineOf("010", "M", 2, 30), added_by_brand: true }], {
  version: 2,
  brand_changed_at: "2026-11-23T10:00:00Z",
  holds: [{ kind: "credit", since: "2026-11-23T10:00:00Z" }],
  versions: [
    {
      number: 1,
      at: "2026-11-22T12:00:00Z",
      by: "Anna",
      by_kind: "person",
      pieces: 12,
      net: { amount: 30000, currency: "EUR" },
      state: "earlier",
      changes: [],
    },
    {
      number: 2,
      at: "2026-11-23T10:00:00Z",
      by: "SAP",
      by_kind: "sap",
      pieces: 6,
      net: { amount: 14000, currency: "EUR" },
      state: "current",
      changes: [
        {
          position: 10,
          before: 12,
          after: 4,
          price_before: { amount: 2500, currency: "EUR", per: 1 },
          price_after: { amount: 2000, currency: "EUR", per: 1 },
          item_before: REPLACED.in_place_of ?? null,
          item_after: { ...REPLACED.in_place_of!, sku: "10123-010-L", size_name: "L" },
        },
        {
          position: 30,
          before: 0,
          after: 2,
          price_before: null,
          price_after: { amount: 3000, currency: "EUR", per: 1 },
          item_before: null,
          item_after: null,
        },
      ],
    },
  ],
  related: [
    {
      number: "60000001",
      kind: "return",
      on: "2026-12-05",
      rejected: false,
      items: [
        { article: "10123001", item: REPLACED.in_place_of ?? null, quantity: 2 },
        { article: "99", item: null, quantity: 1 },
      ],
    },
  ],
  returned: [
    {
      number: "84000001",
      carrier: "DHL",
      tracking: "",
      shipped_at: "2026-12-06T08:00:00Z",
      cancelled: false,
      sales_order: "60000001",
      lines: [{ position: 10, quantity: 2 }],
    },
  ],
  credit_memos: [
    {
      number: "95000001",
      on: "2026-12-07",
      net: { amount: 5000, currency: "EUR" },
      gross: { amount: 5950, currency: "EUR" },
      cancelled_by: null,
      sales_order: "60000001",
    },
  ],
});

test("what the brand changed is shown old beside new, as the brand's", async () => {
  const { container } = open(BY_THE_BRAND);
  const current = (await screen.findByText(/Version 2/)).closest("li")!;
  expect(current.textContent).toContain("The brand");
  const changes = within(current)
    .getAllByRole("listitem")
    .map((each) => each.textContent);
  expect(changes).toEqual([
    "Tech Tee, Black, L: in place of Tech Tee, Black, S; 4 instead of 12; €20.00 instead of €25.00 each",
    "Tech Tee, Black, M: 2 added at €30.00",
  ]);
  expect(screen.getByText(/The brand changed this order on Nov 23, 2026/)).toBeTruthy();
  expect(screen.getByText("added by the brand")).toBeTruthy();
  await expectAccessible(container);
});

test("a hold, returns and credit memos are told", async () => {
  open(BY_THE_BRAND);
  expect(await screen.findByText("The brand holds this order back")).toBeTruthy();
  expect(screen.getByText(/It waits for the credit check/)).toBeTruthy();
  expect(screen.getByRole("heading", { name: "Return 60000001" })).toBeTruthy();
  const returns = screen.getByRole("region", { name: "Returns" });
  expect(returns.textContent).toContain("Arrived on Dec 6, 2026");
  const memos = screen.getByRole("region", { name: "Credit memos" });
  expect(memos.textContent).toContain("Of order 60000001 at the brand");
});

/** The page of an order that answers are sent for, which `sent` takes. */
function openSubstituted(order: Order, sent: unknown[]) {
  stubFetch(async (request) => {
    if (request.url.endsWith("/v1/catalog/lookup"))
      return Response.json({
        lines: [{ sku: "10123-010-S", picture: "/media/10123-010.svg" }],
        windows: [],
      });
    if (request.method === "POST") sent.push([pathOf(request), await request.json()]);
    return Response.json(order);
  });
  return showPage("/orders/$number", OrderPage, `/orders/${order.number}`);
}

const SUBSTITUTIONS = "/v1/orders/7K3Q9XZ4M2-001/substitutions";

test.each([
  ["Accept", true],
  ["Refuse", false],
])("goods in place of others: %s", async (name, accepted) => {
  const sent: unknown[] = [];
  const { container } = openSubstituted(BY_THE_BRAND, sent);
  const user = userEvent.setup();
  const button = await screen.findByRole("button", { name: new RegExp(`^${name} Tech Tee`) });
  expect(screen.getByText("Ordered", { selector: "small" })).toBeTruthy();
  expect(screen.getByText("Size S")).toBeTruthy();
  expect(screen.getByText("Size L")).toBeTruthy();
  await waitFor(() => expect(container.querySelector("figure img")).toBeTruthy());
  await expectAccessible(container);
  await user.click(button);
  expect(sent).toEqual([[SUBSTITUTIONS, { position: 10, sku: "10123-010-L", accepted }]]);
});

test("whoever answered is named, there and under the versions", async () => {
  const answered = { accepted: true, at: "2026-11-24T10:00:00Z", by: "Ben Roth" };
  const line = { ...REPLACED, substitution: { ...SUBSTITUTION, ...answered, may_refuse: false } };
  openSubstituted({ ...BY_THE_BRAND, lines: [line, ...BY_THE_BRAND.lines.slice(1)] }, []);
  const named = await screen.findAllByText(/^Accepted by Ben Roth, /);
  expect(named).toHaveLength(2);
  expect(screen.queryByRole("button", { name: /^Refuse Tech Tee/ })).toBeNull();
});

test("what is being delivered can be accepted only", async () => {
  const late = { may_refuse: false, why_not: "This order is being delivered." };
  const line = { ...REPLACED, substitution: { ...SUBSTITUTION, ...late } };
  openSubstituted({ ...BY_THE_BRAND, lines: [line, ...BY_THE_BRAND.lines.slice(1)] }, []);
  expect(await screen.findByText("This order is being delivered.")).toBeTruthy();
  expect(screen.getByRole("button", { name: /^Accept Tech Tee/ })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Refuse Tech Tee/ })).toBeNull();
});

test("with the only line the order is cancelled", async () => {
  const others = BY_THE_BRAND.lines.slice(1).map((line) => ({ ...line, rejected: true }));
  openSubstituted({ ...BY_THE_BRAND, lines: [REPLACED, ...others] }, []);
  expect(await screen.findByText(/then the order is cancelled/)).toBeTruthy();
});
