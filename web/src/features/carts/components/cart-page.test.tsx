import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { CartPage } from "@/features/carts/components/cart-page";
import type { Cart, LineChange } from "@/shared/cart/types";
import { placedCart, shortageOf } from "@/testing/carts";
import { showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";
import { door, type Routes, shop } from "@/testing/services";
import { styleOf } from "@/testing/styles";

afterEach(() => vi.unstubAllGlobals());

const style = styleOf(["Black", "Red"], ["S", "M", "L"]);
const at = (sku: string, quantity: number, to = "d", window = "AO"): LineChange => ({
  sku: `10001-${sku}`,
  door: to,
  window,
  quantity,
});

/** Each test has a cart of its own, since what saves it outlives the page. */
let count = 0;
function open(
  lines: LineChange[],
  change?: (cart: Cart) => void,
  routes?: (path: string) => Routes,
) {
  const cart = placedCart(lines);
  cart.id = `cart-${(count += 1)}`;
  change?.(cart);
  const given = shop(cart, style, routes?.(`/v1/carts/${cart.id}`));
  const page = showPage("/carts/$cart", CartPage, `/carts/${cart.id}`, undefined, {
    doors: [door("d", "Leipzig"), door("e", "Dresden")],
  });
  const quantities = () =>
    given.served.cart.lines
      .map((line) => `${line.sku.slice(6)} ${line.door} ${line.window} ${line.quantity}`)
      .sort();
  return { ...given, ...page, quantities, user: userEvent.setup() };
}

const settled = () => screen.findByText(/^Saved at/);

test("a delivery is moved to another window as a whole", async () => {
  const { user, quantities } = open([at("00-S", 3), at("00-M", 4), at("00-S", 1, "e")]);
  await user.click(await screen.findByRole("checkbox", { name: "Choose all of Door d, At once" }));
  expect(screen.getByText("7 pieces chosen")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Move, copy or split" }));
  const dialog = await screen.findByRole("dialog");
  await user.selectOptions(
    await within(dialog).findByRole("combobox", { name: "Delivery" }),
    "SS27-1",
  );
  await user.click(within(dialog).getByRole("button", { name: "Move 7 pieces" }));
  await settled();
  expect(quantities()).toEqual(["00-M d SS27-1 4", "00-S d SS27-1 3", "00-S e AO 1"]);
});

test("the whole matrix is copied to the other window and undone", async () => {
  const { user, quantities } = open([at("00-S", 3), at("00-S", 1, "e")]);
  await user.click(await screen.findByRole("button", { name: "Choose all" }));
  await user.click(screen.getByRole("button", { name: "Move, copy or split" }));
  await user.click(await screen.findByRole("radio", { name: "Copy" }));
  await user.click(screen.getByRole("radio", { name: "deliveries" }));
  await user.click(screen.getByRole("button", { name: "Copy 4 pieces" }));
  await settled();
  expect(quantities()).toHaveLength(4);
  expect(screen.getByText("Copied: 4 pieces")).toBeTruthy();
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(quantities()).toEqual(["00-S d AO 3", "00-S e AO 1"]));
});

test("what is moved is shown at its new place before it is saved", async () => {
  const never = (path: string): Routes => ({
    [`PATCH ${path}/lines`]: () => new TypeError("Failed to fetch"),
  });
  const { user } = open([at("00-S", 3)], undefined, never);
  await user.click(await screen.findByRole("button", { name: "Choose all" }));
  await user.click(screen.getByRole("button", { name: "Move, copy or split" }));
  await user.selectOptions(await screen.findByRole("combobox", { name: "Door" }), "e");
  await user.click(screen.getByRole("button", { name: "Move 3 pieces" }));
  expect(await screen.findByRole("heading", { name: "Dresden · AO" })).toBeTruthy();
  const fields = screen.getAllByRole<HTMLInputElement>("textbox", {
    name: "Tech Tee, Black, size M",
  });
  expect(fields.map((field) => field.value)).toEqual(["", "3"]);
});

test("a shortage is settled by what is left, later, or not at all", async () => {
  const short = (cart: Cart) => (cart.checks = [shortageOf(0, 2)]);
  const { user, quantities, container } = open([at("00-S", 5)], short);
  await screen.findByRole("button", { name: "Take later" });
  await expectAccessible(container);
  for (const name of ["Take 2", "Drop"]) expect(screen.getByRole("button", { name })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Take later" }));
  await settled();
  expect(quantities()).toEqual(["00-S d AO 2", "00-S d SS27-1 3"]);
});

test("two deliveries below the minimum are two reasons, each with its delivery", async () => {
  open([at("00-S", 1), at("00-S", 1, "e", "SS27-1")], (cart) => {
    cart.checks = [0, 1].map((index) => ({
      code: "below_minimum",
      severity: "error",
      pointer: `/deliveries/${index}`,
      detail: "An order is at least €250.00; this one has €20.00.",
      data: {},
    }));
    cart.placeable = false;
  });
  const reason = (name: RegExp) => screen.findByRole("button", { name });
  expect(await reason(/^Door d · At once: An order is at least/)).toBeTruthy();
  expect(await reason(/^Door e · SS27-1 \(.+\): An order is at least/)).toBeTruthy();
});

test("what is missing goes to a cart for the day that is told, what is there stays", async () => {
  const later = { ...placedCart([]), id: "later", etag: '"1"' };
  const routes = (): Routes => ({
    "POST /v1/carts": later,
    "PATCH /v1/carts/later/lines": later,
  });
  const change = (cart: Cart) => {
    cart.checks = [
      shortageOf(0, 2, [
        { on: "2026-12-14", quantity: 4 },
        { on: "2026-12-20", quantity: 9 },
      ]),
    ];
  };
  const { user, quantities, log } = open([at("00-S", 7)], change, routes);
  await user.click(await screen.findByRole("button", { name: "Take later" }));
  await settled();
  expect(quantities()).toEqual(["00-S d AO 2"]);
  const sent = (path: string) => log.find((one) => one.method !== "GET" && one.path === path);
  expect(sent("/v1/carts")!.body).toEqual({ name: "Spring, from Dec 20, 2026" });
  expect(sent("/v1/carts/later/lines")!.body).toEqual({ lines: [at("00-S", 5)] });
  expect(screen.getByText(/What is missing is in the cart “Spring, from Dec 20/)).toBeTruthy();
});

/** A size that can be had whole on a day, and one that only a later window has. */
function openShortOfBoth(answer: () => unknown) {
  const later = { ...placedCart([]), id: "later", etag: '"1"' };
  const routes = (): Routes => ({
    "POST /v1/carts": later,
    "PATCH /v1/carts/later/lines": { ...later, etag: '"2"' },
    "DELETE /v1/carts/later": answer,
  });
  const change = (cart: Cart) => {
    cart.checks = [shortageOf(0, 2, [{ on: "2026-12-20", quantity: 9 }]), shortageOf(1, 1)];
  };
  return open([at("00-S", 7), at("00-M", 5)], change, routes);
}

test("what goes to two places is told of both, and taken back from both", async () => {
  const { user, quantities, log } = openShortOfBoth(() => new Response(null, { status: 204 }));
  await user.click(await screen.findByRole("button", { name: "Take later" }));
  await settled();
  expect(quantities()).toEqual(["00-M d AO 1", "00-M d SS27-1 4", "00-S d AO 2"]);
  const told = screen.getByText(/What is missing is in the cart “Spring, from Dec 20/);
  expect(told.textContent).toContain("Taken in a later delivery: 4 pieces");
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(quantities()).toEqual(["00-M d AO 5", "00-S d AO 7"]));
  expect(log.find((sent) => sent.method === "DELETE")).toMatchObject({
    path: "/v1/carts/later",
    etag: '"2"',
  });
});

test("nothing is there twice: what was moved stays where the other cart was changed", async () => {
  const { user, quantities } = openShortOfBoth(() =>
    Response.json({ code: "cart_changed" }, { status: 412 }),
  );
  await user.click(await screen.findByRole("button", { name: "Take later" }));
  await settled();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByText(/^Not taken back: the cart “Spring, from Dec 20/)).toBeTruthy();
  expect(quantities()).toEqual(["00-M d AO 1", "00-M d SS27-1 4", "00-S d AO 2"]);
});

test("a cart for a later day has a name that services take, of whatever letters", async () => {
  const later = { ...placedCart([]), id: "later", etag: '"1"' };
  const routes = () => ({ "POST /v1/carts": later, "PATCH /v1/carts/later/lines": later });
  const change = (cart: Cart) => {
    cart.name = `Spring ${"👟".repeat(70)}`;
    cart.checks = [shortageOf(0, 2, [{ on: "2026-12-20", quantity: 9 }])];
  };
  const { user, log } = open([at("00-S", 7)], change, routes);
  await user.click(await screen.findByRole("button", { name: "Take later" }));
  await settled();
  const sent = log.find((one) => one.method === "POST" && one.path === "/v1/carts");
  expect(sent!.body).toEqual({ name: `${"👟".repeat(61)}, from Dec 20, 2026` });
});

test("without a later delivery that has it, that is said and nothing changes", async () => {
  const lookUp = () => ({ "POST /v1/catalog/lookup": { windows: [], lines: [] } });
  const short = (cart: Cart) => (cart.checks = [shortageOf(0, 2)]);
  const { user, fillings } = open([at("00-S", 5)], short, lookUp);
  await user.click(await screen.findByRole("button", { name: "Take later" }));
  expect(await screen.findByText("No later delivery has M.")).toBeTruthy();
  expect(fillings()).toEqual([]);
});

test("scanned codes add up, and what is unknown is told", async () => {
  const { user, quantities } = open([at("00-S", 5)]);
  const field = await screen.findByRole("textbox", {
    name: "Scan or type a SKU or GTIN, then Enter",
  });
  await screen.findAllByRole("option", { name: /^SS27-1/ });
  await user.type(
    field,
    "10001-01-M{Enter}10001-01-M{Enter}4006381333931{Enter}10001-00-S 2{Enter}",
  );
  expect(document.activeElement).toBe(field);
  expect(await screen.findByText("4006381333931: Not in your range.")).toBeTruthy();
  await settled();
  expect(quantities()).toEqual(["00-S d AO 7", "01-M d AO 2"]);
});

test("the way to order is always there, with what is to be settled first and where", async () => {
  const { user } = open([at("00-S", 5), at("00-S", 1, "e")], (cart) => {
    cart.checks = [shortageOf(1, 2), { ...shortageOf(0, 2), detail: "Order in steps of 4." }];
    cart.placeable = false;
  });
  const link = await screen.findByRole("link", { name: "Review and order" });
  const list = screen.getByText("Before you can order:").parentElement!;
  expect(
    within(list)
      .getAllByRole("listitem")
      .map((each) => each.textContent),
  ).toEqual(["Only 2 left.", "Order in steps of 4."]);
  await user.click(within(list).getByRole("button", { name: "Only 2 left." }));
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Door e · At once"));
  expect(link.getAttribute("href")).toMatch(/\/place$/);
});

test("without a reason nothing is listed; a later date is offered where there is one", async () => {
  const first = open([at("00-S", 5)]);
  await screen.findByRole("link", { name: "Review and order" });
  expect(screen.queryByText("Before you can order:")).toBeNull();
  expect(screen.queryByText(/A later date for a whole delivery/)).toBeNull();
  first.unmount();
  open([at("00-S", 5)], (cart) => {
    cart.checks = [shortageOf(0, 2, [{ on: "2026-12-14", quantity: 9 }])];
  });
  await screen.findByText(/A later date for a whole delivery/);
});

test("who changed what is told in words", async () => {
  const { user } = open([at("00-S", 5)], (cart) => {
    cart.lines[0]!.changed = {
      by: "Ben Stein",
      by_kind: "person",
      uid: "ben",
      at: "2026-11-22T09:30:00Z",
    };
  });
  expect(await screen.findByText(/^Ben Stein, .*22/)).toBeTruthy();
  await user.click(screen.getByText("Who changed what"));
  expect((await screen.findByText("Ben Stein")).closest("li")!.textContent).toContain(
    "Door d · At once · Tech Tee, Black · M: 5",
  );
});

test("an ordered cart stays as it is", async () => {
  open([at("00-S", 5)], (cart) => Object.assign(cart, { state: "ordered", may_change: false }));
  await screen.findByText("This cart was ordered and stays as it is.");
  expect(screen.getByRole("textbox", { name: /size M/ })).toHaveProperty("readOnly", true);
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("what was entered into a cart that is ordered meanwhile is told, and can be taken back", async () => {
  localStorage.setItem(
    `sellin.edits.anna.100001.cart-${count + 1}`,
    JSON.stringify([["10001-00-S\nd\nAO", { mine: 9, was: 5 }]]),
  );
  const ordered = { code: "cart_ordered", detail: "This cart was ordered already." };
  const refused = (path: string): Routes => ({
    [`PATCH ${path}/lines`]: () => Response.json(ordered, { status: 409 }),
  });
  const { user } = open([at("00-S", 5)], (cart) => (cart.state = "ordered"), refused);
  expect((await screen.findByRole("alert")).textContent).toContain("ordered already");
  await user.click(screen.getByRole("button", { name: "Take back what is not saved" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(screen.getByRole("textbox", { name: /size M/ })).toHaveProperty("value", "5");
});

test("changed prices are told once, old and new", async () => {
  const dearer = (amount: number) => (cart: Cart) => {
    cart.id = "prices";
    cart.styles[0]!.unit_price.amount = amount;
  };
  const first = open([at("00-S", 5)], dearer(1990));
  await screen.findByRole("heading", { name: "Spring" });
  first.unmount();
  const { user } = open([at("00-S", 5)], dearer(2190));
  expect(await screen.findByText("Tech Tee: €21.90 instead of €19.90")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "I have read it" }));
  expect(screen.queryByText(/instead of/)).toBeNull();
});

test("a rep hands over what they prepared, and only reads it then", async () => {
  const { served, log, user } = open(
    [at("010-M", 4)],
    (cart) => Object.assign(cart, { may_hand_over: true, prepared_by: "Nina Sommer" }),
    (path) => ({
      [`POST ${path}/hand-over`]: () => {
        const by = { by: "Nina Sommer", by_kind: "rep", uid: "nina", at: "2026-11-22T11:00:00Z" };
        const why = "This cart is your customer's own.";
        return (served.cart = {
          ...served.cart,
          handed_over: by as Cart["handed_over"],
          may_change: false,
          may_hand_over: false,
          not_changed_because: why,
        });
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Hand over" }));
  const dialog = screen.getByRole("dialog");
  expect(dialog.textContent).toContain("it is the cart of Sporthaus Lindenau");
  await user.click(within(dialog).getByRole("button", { name: "Hand over" }));
  await screen.findByText("This cart is your customer's own.");
  expect(screen.getByText(/^Handed over by Rep Nina Sommer for/)).toBeTruthy();
  const sent = log.find(({ path }) => path.endsWith("/hand-over"));
  expect(sent?.etag).toBe('"7"');
  for (const gone of ["Hand over", "Rename", "Delete"]) {
    expect(screen.queryByRole("button", { name: gone })).toBeNull();
  }
  expect(screen.getByRole("button", { name: "Copy" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Review and order" })).toBeNull();
});
