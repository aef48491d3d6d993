import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { StylePage } from "@/features/style/components/style-page";
import type { Style } from "@/features/style/api/get-style";
import type { Cart, LineChange } from "@/shared/cart/types";
import type { Scope } from "@/shared/scope";
import { placedCart, shortageOf } from "@/testing/carts";
import { showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";
import { door, type Routes, shop } from "@/testing/services";
import { AT_ONCE, styleOf } from "@/testing/styles";

afterEach(() => vi.unstubAllGlobals());

const style = styleOf(["Black", "Red"], ["S", "M", "L"]);
const doors = [door("d", "Leipzig"), door("e", "Dresden")];
const at = (sku: string, quantity: number, to = "d", window = "AO"): LineChange => ({
  sku: `10001-${sku}`,
  door: to,
  window,
  quantity,
});

/** Each test has a cart of its own, since what saves it outlives the page. */
let count = 0;
function open(
  lines: LineChange[] = [],
  {
    change,
    routes,
    scope,
    shown = style,
    at: address = "/styles/10001",
  }: {
    change?: (cart: Cart) => void;
    routes?: (path: string) => Routes;
    scope?: Partial<Scope>;
    shown?: Style;
    at?: string;
  } = {},
) {
  const cart = placedCart(lines);
  cart.id = `style-${(count += 1)}`;
  cart.may_change = scope?.mayOrder ?? true;
  change?.(cart);
  const given = shop(cart, shown, routes?.(`/v1/carts/${cart.id}`));
  const page = showPage("/styles/$style", StylePage, address, undefined, {
    doors,
    ...scope,
  });
  return { ...given, ...page, user: userEvent.setup() };
}

const cell = (name: string) => screen.findByRole<HTMLInputElement>("textbox", { name });
const editable = async (name: string) => {
  await waitFor(async () => expect((await cell(name)).readOnly).toBe(false));
  return cell(name);
};
const saved = () => screen.findByText(/^Saved at/, undefined, { timeout: 5_000 });

test("what is typed is one request, and the page says when it is saved", async () => {
  const { user, fillings, log } = open();
  await user.click(await editable("Black, size S"));
  await user.keyboard("4{ArrowRight}5{ArrowDown}6");
  await saved();
  expect(fillings()).toEqual([[at("00-S", 4), at("00-M", 5), at("01-M", 6)]]);
  expect(log.find((sent) => sent.method === "PATCH")).toMatchObject({ etag: '"7"' });
});

test("the price of the volume reached and the next one count everything typed", async () => {
  const { user } = open([at("00-S", 8, "e", "SS27-1")]);
  await screen.findByText("8 pieces in the whole cart");
  expect(screen.getByText("2 more pieces for €18.00 each")).toBeTruthy();
  await user.type(await editable("Red, size S"), "4");
  expect(screen.getByText("12 pieces in the whole cart")).toBeTruthy();
  expect(screen.getByText("€18.00 each, from 10 pcs")).toBeTruthy();
  expect(screen.getByText("38 more pieces for €15.00 each")).toBeTruthy();
});

test("another door and window have their own quantities", async () => {
  const { user, fillings } = open([at("00-S", 3)]);
  await waitFor(async () => expect((await cell("Black, size S")).value).toBe("3"));
  await user.selectOptions(screen.getByRole("combobox", { name: "Deliver to" }), "e");
  await user.click(screen.getByRole("radio", { name: /^SS27-1/ }));
  await waitFor(async () => expect((await cell("Black, size S")).value).toBe(""));
  await user.type(await editable("Black, size S"), "9");
  await saved();
  expect(fillings()).toEqual([[at("00-S", 9, "e", "SS27-1")]]);
  expect(screen.getByRole("button", { name: "Leipzig · At once: 3" })).toBeTruthy();
});

test("what could not be read of one delivery is not shown of another", async () => {
  const { user } = open([at("00-S", 3)]);
  await user.clear(await editable("Black, size S"));
  await user.type(await editable("Black, size S"), "2.000");
  expect(screen.getByText(/“2.000” can be read in two ways/)).toBeTruthy();
  await user.click(screen.getByRole("radio", { name: /^SS27-1/ }));
  await waitFor(async () => expect((await cell("Black, size S")).value).toBe(""));
  expect(screen.queryByText(/can be read in two ways/)).toBeNull();
});

test("a shortage is beside its row; what is missing is taken in the next delivery", async () => {
  const change = (cart: Cart) => (cart.checks = [shortageOf(0, 2)]);
  const { user, fillings } = open([at("00-M", 5)], { change });
  await screen.findByText("Only 2 left.");
  expect((await cell("Black, size M")).getAttribute("aria-invalid")).toBe("true");
  await user.click(await screen.findByRole("button", { name: "Take later" }));
  await saved();
  expect(fillings()).toEqual([[at("00-M", 2), at("00-M", 3, "d", "SS27-1")]]);
  expect(screen.queryByText("Only 2 left.")).toBeNull();
  expect(screen.getByText("Taken in a later delivery: 3 pieces")).toBeTruthy();
});

test("a fault goes when its cell is changed", async () => {
  const change = (cart: Cart) => (cart.checks = [shortageOf(0, 2)]);
  const { user } = open([at("00-M", 5)], { change });
  await screen.findByText("Only 2 left.");
  await user.clear(await editable("Black, size M"));
  expect(screen.queryByText("Only 2 left.")).toBeNull();
});

test("chosen cells are split between doors by percent, and undone", async () => {
  const { user, served } = open([at("00-S", 10), at("00-M", 5)]);
  await user.click(await editable("Black, size S"));
  await user.keyboard("{Shift>}{ArrowRight}{/Shift}");
  const tools = screen.getByRole("group", { name: "Chosen cells" });
  await user.click(within(tools).getByRole("button", { name: "Move, copy or split" }));
  await user.click(await screen.findByRole("radio", { name: "Split" }));
  await user.click(screen.getByRole("radio", { name: "by percent" }));
  const share = screen.getByRole("textbox", { name: "Percent for Leipzig" });
  await user.clear(share);
  await user.type(share, "80");
  expect(screen.getByRole("alert").textContent).toContain("Together 130 %");
  const other = screen.getByRole("textbox", { name: "Percent for Dresden" });
  await user.clear(other);
  await user.type(other, "20");
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(screen.getByRole("button", { name: "Split 15 pieces" }));
  await saved();
  const quantities = () =>
    served.cart.lines.map((line) => `${line.sku} ${line.door} ${line.quantity}`).sort();
  expect(quantities()).toEqual([
    "10001-00-M d 4",
    "10001-00-M e 1",
    "10001-00-S d 8",
    "10001-00-S e 2",
  ]);
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(quantities()).toEqual(["10001-00-M d 5", "10001-00-S d 10"]));
});

test("on a cut network the entry stays, is kept, and is told", async () => {
  let cut = true;
  const routes = (path: string): Routes => ({
    [`PATCH ${path}/lines`]: () => (cut ? new TypeError("Failed to fetch") : undefined),
  });
  const { user } = open([], { routes });
  await user.type(await editable("Black, size S"), "4");
  await screen.findByText(/^Not connected/, undefined, { timeout: 5_000 });
  expect((await cell("Black, size S")).value).toBe("4");
  expect(Object.keys(localStorage).some((name) => name.startsWith("sellin.edits.anna."))).toBe(
    true,
  );
  cut = false;
});

/** A company without a cart, until one is made; `broken` keeps that from succeeding once. */
function openWithoutCart(uid: string, broken = false) {
  let items: object[] = [];
  const given = open([], {
    // What waits for a cart outlives the page, too.
    scope: { me: { uid, name: uid, companies: [] } as unknown as Scope["me"] },
    routes: (path) => ({
      "GET /v1/carts": () => ({ items, next: null }),
      "POST /v1/carts": () => {
        if (broken) {
          broken = false;
          return new TypeError("Failed to fetch");
        }
        items = [{ id: path.split("/").at(-1), may_change: true }];
        return given.served.cart;
      },
    }),
  });
  const made = () =>
    given.log.filter(({ method, path }) => method === "POST" && path === "/v1/carts");
  return { ...given, made };
}

test("what is typed before there is a cart starts one, and goes into it", async () => {
  const { user, made, fillings, container } = openWithoutCart("ben");
  expect(await screen.findByText(/^There is no cart yet/)).toBeTruthy();
  await expectAccessible(container);
  await user.click(await editable("Black, size S"));
  await user.keyboard("7{ArrowRight}3");
  expect(screen.getByText("10 pieces in the whole cart")).toBeTruthy();
  await saved();
  expect(made()).toHaveLength(1);
  expect(
    fillings()
      .flat()
      .sort((a, b) => b.quantity - a.quantity),
  ).toEqual([at("00-S", 7), at("00-M", 3)]);
  expect((await cell("Black, size S")).value).toBe("7");
});

test("where no cart can be started what is typed stays, and the same cart is tried again", async () => {
  const { user, made, fillings } = openWithoutCart("cleo", true);
  await user.type(await editable("Black, size L"), "6");
  expect((await screen.findByRole("alert")).textContent).toContain("can't be reached");
  expect((await cell("Black, size L")).value).toBe("6");
  expect(localStorage.getItem("sellin.edits.new.cleo.100001")).toContain("10001-00-L");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await saved();
  expect(new Set(made().map(({ key }) => key)).size).toBe(1);
  expect(fillings()).toEqual([[at("00-L", 6)]]);
  expect(localStorage.getItem("sellin.edits.new.cleo.100001")).toBeNull();
});

test("the window of the address is the one that is ordered for", async () => {
  open([], { at: "/styles/10001?window=SS27-1" });
  expect(await screen.findByRole("radio", { name: /^SS27-1/ })).toHaveProperty("checked", true);
});

test("a window that takes no orders is not exchanged in silence", async () => {
  open([], { at: "/styles/10001?window=FW26-9" });
  expect(await screen.findByText(/takes no orders for FW26-9.*is for At once/)).toBeTruthy();
});

test("a style for pre-book is not sold out", async () => {
  const none = { level: "none", quantity: 0, capped: false } as const;
  const shown = structuredClone(style);
  for (const colourway of shown.colourways) {
    for (const sku of colourway.sizes) sku.availability = none;
  }
  const both = open([], { shown });
  const prices = (await screen.findByText("Pre-book")).closest("dl")!;
  expect(prices.textContent).not.toContain("Sold out");
  both.unmount();
  for (const colourway of shown.colourways) colourway.windows = [AT_ONCE];
  open([], { shown });
  expect(await screen.findByText("Sold out")).toBeTruthy();
});

test("who may only look gets no fields to fill", async () => {
  open([at("00-S", 3)], { scope: { mayOrder: false } });
  await waitFor(async () => expect((await cell("Black, size S")).value).toBe("3"));
  expect((await cell("Black, size S")).readOnly).toBe(true);
  expect(screen.queryByRole("button", { name: /by size/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "Move, copy or split" })).toBeNull();
});

test("axe finds nothing", async () => {
  const change = (cart: Cart) => (cart.checks = [shortageOf(0, 2)]);
  const { container } = open([at("00-M", 5)], { change });
  await screen.findByText("Only 2 left.");
  await expectAccessible(container);
});

test("pairs are counted as pairs", async () => {
  const unit = style.unit;
  style.unit = "PR";
  try {
    open([at("00-S", 3)]);
    await screen.findByText("3 pairs in the whole cart");
    screen.getByText("from 50 pairs");
    screen.getByText(/^7 more pairs for/);
    expect(screen.queryByText(/pcs|pieces/)).toBeNull();
  } finally {
    style.unit = unit;
  }
});

test("a long text keeps its paragraphs and is folded until somebody asks", async () => {
  const text = style.description;
  style.description = `Warm and light.\n\n${"It has a hood. ".repeat(60)}`;
  try {
    const { user } = open();
    const more = await screen.findByRole("button", { name: "Show the whole text" });
    expect(more.getAttribute("aria-expanded")).toBe("false");
    await user.click(more);
    const less = screen.getByRole("button", { name: "Show less" });
    expect(less.getAttribute("aria-expanded")).toBe("true");
  } finally {
    style.description = text;
  }
});
