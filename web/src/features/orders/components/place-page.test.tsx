import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { PlacePage } from "@/features/orders/components/place-page";
import type { Cart, LineChange } from "@/shared/cart/types";
import { placedCart, shortageOf } from "@/testing/carts";
import { SCOPE, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";
import { door, type Routes, type Sent, shop } from "@/testing/services";
import { styleOf } from "@/testing/styles";

afterEach(() => vi.unstubAllGlobals());

const at = (quantity: number, window = "AO"): LineChange => ({
  sku: "10001-00-S",
  door: "d",
  window,
  quantity,
});
const placed = { group: "7K3Q9XZ4M2", orders: [{ number: "7K3Q9XZ4M2-001" }] };

let count = 0;
function open(
  answer: (sent: Sent) => unknown,
  {
    lines = [at(5)],
    change,
    more = {},
    mayOrder = true,
    role,
  }: {
    lines?: LineChange[];
    change?: (cart: Cart) => void;
    more?: Routes;
    mayOrder?: boolean;
    role?: string;
  } = {},
) {
  const cart = placedCart(lines);
  cart.id = `place-${(count += 1)}`;
  change?.(cart);
  const routes: Routes = {
    "POST /v1/orders": answer,
    "GET /v1/orders/po-number": () => problem(503, {}),
    ...more,
  };
  const given = shop(cart, styleOf(["Black"], ["S"]), routes);
  const page = showPage("/carts/$cart/place", PlacePage, `/carts/${cart.id}/place`, undefined, {
    doors: [door("d", "Leipzig")],
    mayOrder,
    ...(role && {
      me: { ...SCOPE.me, companies: [{ id: "100001", name: "", role: role as "rep" }] },
    }),
  });
  const orders = () => given.log.filter((sent) => sent.path === "/v1/orders");
  return { ...given, ...page, orders, user: userEvent.setup() };
}

const problem = (status: number, body: object) => Response.json(body, { status });
const po = () => screen.findByRole("textbox", { name: "PO number" });
const button = (name = "Order now") => screen.getByRole("button", { name });
const reasons = () =>
  screen
    .queryAllByText("Before you can order:")
    .flatMap((title) => within(title.parentElement!).getAllByRole("listitem"))
    .map((each) => each.textContent);

test("each door and window is reviewed; the order is exactly what is shown", async () => {
  const { user, orders, router, container } = open(() => placed, {
    lines: [at(5), at(2, "SS27-1")],
  });
  await po();
  expect(screen.getAllByRole("heading", { level: 2 }).map((each) => each.textContent)).toEqual([
    "Door d · At once",
    "Door d · SS27-1",
  ]);
  expect(reasons()).toEqual(["The PO number is missing."]);
  await expectAccessible(container);
  await user.click(button());
  expect(orders()).toEqual([]);
  expect(document.activeElement).toBe(await po());
  await user.type(await po(), "PO 4711");
  await user.type(screen.getAllByLabelText("Wanted on")[1]!, "2027-02-01");
  await user.click(button());
  await waitFor(() => expect(router.state.location.pathname).toBe("/placed/7K3Q9XZ4M2"));
  expect(orders()[0]!.body).toMatchObject({
    cart: { revision: 7 },
    po_number: "PO 4711",
    deliveries: [
      { window: "AO", requested_on: null },
      { window: "SS27-1", requested_on: "2027-02-01" },
    ],
    prices: [{ style: "10001", unit_price: { amount: 1990 } }],
  });
});

test("changed prices are shown, old and new, and asked about", async () => {
  const now = { amount: 2190, currency: "EUR", per: 1 };
  const answers = [
    problem(409, {
      code: "price_changed",
      detail: "Prices changed.",
      prices: [{ style: "10001", seen: { amount: 1990, currency: "EUR", per: 1 }, now }],
    }),
    placed,
  ];
  const { user, orders, served } = open(() => {
    const style = { ...served.cart.styles[0]!, unit_price: now };
    const lines = served.cart.lines.map((line) => ({ ...line, unit_price: now }));
    served.cart = { ...served.cart, styles: [style], lines };
    return answers.shift();
  });
  await user.type(await po(), "PO 4711{Enter}");
  expect(await screen.findByText("Tech Tee: €21.90 instead of €19.90")).toBeTruthy();
  expect(orders()).toHaveLength(1);
  await user.click(await screen.findByRole("button", { name: "Order at the new prices" }));
  await waitFor(() => expect(orders()).toHaveLength(2));
  const [first, second] = orders();
  expect(second!.body).toMatchObject({ prices: [{ unit_price: now }] });
  expect(second!.key).not.toBe(first!.key);
});

test("after a cut network the same order goes out again under the same key", async () => {
  const answers = [new TypeError("Failed to fetch"), placed];
  const { user, orders } = open(() => answers.shift());
  await user.type(await po(), "PO 4711{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("can't be reached");
  await user.click(button());
  await waitFor(() => expect(orders()).toHaveLength(2));
  expect(new Set(orders().map((sent) => sent.key)).size).toBe(1);
});

test("an order whose answer was lost is found by its cart", async () => {
  const { user, served } = open(() => {
    served.cart = { ...served.cart, state: "ordered", order_group: "7K3Q9XZ4M2", etag: '"8"' };
    return new TypeError("Failed to fetch");
  });
  await user.type(await po(), "PO 4711{Enter}");
  const link = await screen.findByRole("link", { name: "To the order numbers" });
  expect(link.getAttribute("href")).toContain("/placed/7K3Q9XZ4M2");
});

test("what a delivery is short of its minimum says which delivery", async () => {
  open(() => placed, {
    change: (cart) => {
      const detail = "An order is at least €250.00; this one has €20.00.";
      const pointer = "/deliveries/0";
      cart.checks = [{ code: "below_minimum", severity: "error", pointer, detail, data: {} }];
      cart.placeable = false;
    },
  });
  await po();
  expect(reasons()).toContain(
    "Door d · At once: An order is at least €250.00; this one has €20.00.",
  );
});

test("what is wrong with several sizes is told once, with their colourway", async () => {
  open(() => placed, {
    lines: [at(5), { ...at(2), sku: "10001-010-L" }],
    change: (cart) => {
      cart.lines[1]!.size_name = "L";
      const detail = "Order this in steps of 4.";
      const wrong = { code: "not_a_multiple", severity: "error" as const, detail, data: {} };
      cart.checks = [0, 1].map((line) => ({ ...wrong, pointer: `/lines/${line}/quantity` }));
      cart.placeable = false;
    },
  });
  await po();
  expect(screen.getByText("10001-010: Order this in steps of 4. (M and L)")).toBeTruthy();
});

test("what is short is settled by the day on which it can be had", async () => {
  const { user } = open(() => placed, {
    change: (cart) => {
      cart.checks = [shortageOf(0, 2, [{ on: "2026-12-14", quantity: 9 }])];
      cart.placeable = false;
    },
  });
  await user.type(await po(), "PO 4711");
  expect(screen.getByText(/: Only 2 left\. \(M\)$/)).toBeTruthy();
  expect(reasons()).toEqual(["Door d · At once: 1 point"]);
  await user.click(screen.getByRole("button", { name: "Door d · At once: 1 point" }));
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Door d · At once");
  await user.click(screen.getByRole("button", { name: /^Wish for .*14/ }));
  expect(screen.getByLabelText("Wanted on")).toHaveProperty("value", "2026-12-14");
  expect(screen.getByText("What was short can be had by the date that you chose.")).toBeTruthy();
  expect(reasons()).toEqual([]);
});

test("faults of the answer stand at their fields", async () => {
  const fault = { code: "out_of_window", in: "body", detail: "Choose a day from 1 to 3." };
  const { user } = open(() =>
    problem(422, {
      code: "invalid_input",
      detail: "Please look at the input.",
      errors: [{ ...fault, pointer: "/deliveries/0/requested_on" }],
    }),
  );
  await user.type(await po(), "PO 4711{Enter}");
  await screen.findByText("Choose a day from 1 to 3.");
  expect(screen.getByLabelText("Wanted on").getAttribute("aria-invalid")).toBe("true");
});

test("nothing is ordered while an entry is not saved", async () => {
  localStorage.setItem(
    `sellin.edits.anna.100001.place-${count + 1}`,
    JSON.stringify([["10001-00-S\nd\nAO", { mine: 9, was: 4 }]]),
  );
  open(() => placed);
  expect(await screen.findByRole("dialog")).toBeTruthy();
  expect(screen.getByText("Not all entries are saved yet.")).toBeTruthy();
});

test("who may only look sees the button and why it does nothing", async () => {
  const { user, orders } = open(() => placed, { mayOrder: false });
  await user.type(await po(), "PO 4711");
  expect(reasons()).toEqual(["Your role in this company may look, but not order."]);
  await user.click(button());
  expect(orders()).toEqual([]);
});

test("a number that papers spell otherwise is shown, and who has it already is warned of", async () => {
  const asked: string[] = [];
  const { user, orders } = open(() => placed, {
    more: {
      "GET /v1/orders/po-number": ({ query }: Sent) => {
        asked.push(query.get("po_number")!);
        const orders = [{ number: "1A2B3C4D5E-001" }];
        return { po_number: "Grün №3", printed: "Gruen No3", orders };
      },
    },
  });
  await user.type(await po(), " Grün №3 ");
  expect(await screen.findByText(/Gruen No3/)).toBeTruthy();
  expect(asked.at(-1)).toBe("Grün №3");
  const link = screen.getByRole("link", { name: "1A2B3C4D5E-001" });
  expect(link.closest("[role=status]")!.textContent).toContain("has this PO number already");
  await user.click(button());
  await waitFor(() => expect(orders()[0]!.body).toMatchObject({ po_number: "Grün №3" }));
});

test("a pasted number that is too long stays whole, and is told", async () => {
  const long = "Herbstbestellung 2027 Filiale Süd";
  const detail = "This is too long.";
  const { user } = open(() => placed, {
    more: {
      "GET /v1/orders/po-number": () =>
        problem(422, {
          code: "invalid_input",
          detail: "",
          errors: [{ code: "too_long", in: "query", pointer: "/po_number", detail }],
        }),
    },
  });
  await user.click(await po());
  await user.paste(long);
  expect(await screen.findByText(detail)).toBeTruthy();
  expect(await po()).toHaveProperty("value", long);
});

test("a delivery that is free of VAT says why before it is ordered", async () => {
  const note = "Exempt intra-Community supply, Article 138 of Directive 2006/112/EC";
  open(() => placed, {
    change: (cart) => {
      const [first] = cart.deliveries;
      first!.vat = {
        ...first!.vat,
        rule: "intra_community",
        rate: 0,
        category: "K",
        exemption: "VATEX-EU-IC",
        note,
      };
    },
  });
  expect(await screen.findByText(note)).toBeTruthy();
});

test("where tax is added on the invoice, that stands in place of VAT and total", async () => {
  open(() => placed, {
    change: (cart) => {
      for (const delivery of cart.deliveries) delivery.vat.rule = "on_invoice";
    },
  });
  expect(await screen.findByText("added on the invoice")).toBeDefined();
  expect(screen.queryByText("VAT")).toBeNull();
  expect(screen.queryByText("Total")).toBeNull();
});

const simulated = (order: object = {}, more: object = {}) => ({
  at: "2026-11-26T13:05:00Z",
  to_accept: null,
  orders: [
    {
      door: "d",
      window: "AO",
      source: "sap",
      notice: null,
      shortfalls: [],
      net: { amount: 5000, currency: "EUR" },
      sap_net: { amount: 5000, currency: "EUR" },
      price_difference: null,
      ...order,
    },
  ],
  ...more,
});

const asking = (answer: unknown): Routes => ({
  "GET /v1/simulations": { asks: true },
  "POST /v1/simulations": answer,
});

test("what SAP confirms is shown before ordering, and asked for again for another day", async () => {
  const text = "10001-00-S: the brand confirms 3 of 5 for 26/11/2026, and no more yet.";
  const shortfall = { sku: "10001-00-S", quantity: 5, confirmed: [], text };
  const { user, log, orders, container } = open(() => placed, {
    more: asking(() => simulated({ shortfalls: [shortfall] })),
  });
  expect(await screen.findByText(text)).toBeDefined();
  await expectAccessible(container);
  await user.type(screen.getByLabelText("Wanted on"), "2026-12-10");
  const days = () =>
    log
      .filter((sent) => sent.method === "POST" && sent.path === "/v1/simulations")
      .map((sent) => (sent.body as { deliveries: { requested_on: string }[] }).deliveries[0])
      .map((delivery) => delivery?.requested_on);
  await waitFor(() => expect(days()).toEqual([null, "2026-12-10"]));
  // It is something to know, and keeps nobody from ordering.
  await user.type(await po(), "PO 4711");
  await user.click(button());
  await waitFor(() => expect(orders()).toHaveLength(1));
});

test("where SAP comes to another price, that has to be accepted first", async () => {
  const difference = "The brand comes to €55.00 net for this order instead of €50.00.";
  const accept = "I have seen that the brand's prices differ.";
  const { user, orders } = open(() => placed, {
    more: asking(simulated({ price_difference: difference }, { to_accept: accept })),
  });
  expect(await screen.findByText(difference)).toBeDefined();
  await user.type(await po(), "PO 4711");
  expect(reasons()).toEqual(["The brand's prices differ: please accept that."]);
  await user.click(button());
  expect(orders()).toEqual([]);
  expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: accept }));
  await user.click(screen.getByRole("checkbox", { name: accept }));
  expect(reasons()).toEqual([]);
  await user.click(button());
  await waitFor(() => expect(orders()).toHaveLength(1));
});

test("where SAP says nothing, the buyer reads whose figures these are and orders", async () => {
  const notice = "The brand's order system took too long to answer.";
  const { user, orders } = open(() => placed, {
    more: asking(simulated({ source: "sellin", notice, sap_net: null })),
  });
  expect(await screen.findByText(notice)).toBeDefined();
  await user.type(await po(), "PO 4711");
  await user.click(button());
  await waitFor(() => expect(orders()).toHaveLength(1));
});

test("nobody waits for SAP, nor for a service that can't ask it", async () => {
  for (const answer of [() => new Promise(() => undefined), () => problem(503, {})]) {
    const { user, orders, unmount } = open(() => placed, { more: asking(answer) });
    await user.type(await po(), "PO 4711");
    await user.click(button());
    await waitFor(() => expect(orders()).toHaveLength(1));
    unmount();
  }
});

test("a rep says who agreed, and how, before anything is ordered", async () => {
  const { user, orders, container } = open(() => placed, { role: "rep" });
  await user.type(await po(), "PO 4711");
  expect(reasons()).toEqual(["Who agreed to the order is missing."]);
  await user.click(button());
  expect(orders()).toEqual([]);
  const name = screen.getByRole("textbox", { name: "Who of them agreed to the order" });
  expect(document.activeElement).toBe(name);
  await user.type(name, " Petra Lange ");
  await user.selectOptions(screen.getByRole("combobox", { name: "How they agreed" }), "By phone");
  await expectAccessible(container);
  await user.click(button());
  await waitFor(() =>
    expect(orders()[0]!.body).toMatchObject({ consent: { name: "Petra Lange", means: "phone" } }),
  );
});
