import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CatalogPage } from "@/features/catalog/components/catalog-page";
import { catalogSearch } from "@/features/catalog/search";
import { picksOf } from "@/shared/picks";
import { catalogOf, itemOf } from "@/testing/catalog";
import { answering, type Answers, SCOPE, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.spyOn(window, "scrollTo").mockReturnValue();
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(
    new DOMRect(0, 0, 1000, 100),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const carts = { "/v1/carts": { items: [], next: null } };

function showCatalog(at = "/catalog", answers: Answers = {}) {
  const asked = answering({
    "/v1/catalog/styles": catalogOf([itemOf("10001")]),
    ...carts,
    ...answers,
  });
  return { ...showPage("/catalog", CatalogPage, at, catalogSearch), asked };
}

const plain = (element: Element) => element.textContent.replace(/\s/g, " ");

const card = async (name: string) =>
  (await screen.findByRole("link", { name })).closest<HTMLElement>("article")!;

test("a style tells prices, stock, colours and that it is new", async () => {
  const { container } = showCatalog();
  const style = await card("Style 10001");
  const text = plain(style);
  for (const told of ["€25.00", "from €21.00 by quantity", "RRP €49.95", "12 in stock", "New"]) {
    expect(text).toContain(told);
  }
  expect(within(style).getByRole("img", { name: "Style 10001, Black" })).toHaveProperty(
    "width",
    400,
  );
  expect(within(style).getByRole("img", { name: "Blue" })).toBeTruthy();
  expect(screen.getByText("1 style", { selector: "[role=status]" })).toBeTruthy();
  await expectAccessible(container);
});

test("what is not in stock but can be pre-booked says from when on", async () => {
  const item = itemOf("10001", { availability: { level: "none", quantity: 0, capped: false } });
  showCatalog("/catalog", { "/v1/catalog/styles": catalogOf([item]) });
  expect(plain(await card("Style 10001"))).toContain("Pre-book, from ");
});

test.each([
  ["/catalog", null],
  ["/catalog?delivery=%5B%22SS27-2%22%5D", "SS27-2"],
  ["/catalog?delivery=%5B%22SS27-2%22%2C%22SS27-1%22%5D", "SS27-1"],
])("from %s a style opens in the delivery window that is looked at", async (at, window) => {
  const item = itemOf("10001", { windows: ["AO", "SS27-1", "SS27-2"] });
  showCatalog(at, { "/v1/catalog/styles": catalogOf([item]) });
  const link = await screen.findByRole<HTMLAnchorElement>("link", { name: "Style 10001" });
  await waitFor(() => expect(new URL(link.href).searchParams.get("window")).toBe(window));
});

test("what is in the cart tells its pieces", async () => {
  const cart = { id: "c1", styles: [{ style: "10001", pieces: 24 }], lines: [], etag: '"1"' };
  showCatalog("/catalog", {
    "/v1/carts": { items: [{ id: "c1", may_change: true }], next: null },
    "/v1/carts/c1": cart,
  });
  await waitFor(async () => expect(plain(await card("Style 10001"))).toContain("24 in cart"));
});

test("one request is sent for what is typed, and the address has it", async () => {
  const { router, asked } = showCatalog("/catalog?view=list");
  await card("Style 10001");
  asked.length = 0;
  await userEvent.type(screen.getByRole("searchbox"), "tee");
  await waitFor(() => expect(router.state.location.search).toEqual({ q: "tee", view: "list" }));
  await waitFor(() => expect(asked.length).toBeGreaterThan(0));
  expect(asked).toEqual(["/v1/catalog/styles?q=tee&limit=48"]);
  router.history.back();
  await waitFor(() => expect(screen.getByRole("searchbox")).toHaveProperty("value", ""));
});

test("filters count, add up, and are taken back one by one or all at once", async () => {
  const { router } = showCatalog("/catalog?q=tee");
  const panel = within(await screen.findByRole("complementary", { name: "Filters" }));
  const shoes = await panel.findByRole("checkbox", { name: /Shoes/ });
  expect(shoes.closest("label")!.textContent).toBe("Shoes7");
  await userEvent.click(shoes);
  await userEvent.click(panel.getByRole("checkbox", { name: /SS27/ }));
  await waitFor(() =>
    expect(router.state.location.search).toEqual({
      q: "tee",
      category: ["SHOES"],
      season: ["SS27"],
    }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Remove the filter Shoes" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ q: "tee", season: ["SS27"] }));
  await userEvent.click(screen.getByRole("button", { name: "Remove all filters" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ q: "tee" }));
});

test("a delivery is chosen: at once, all that is pre-booked, or one window", async () => {
  const { router } = showCatalog();
  // Each says how much there is, and windows of one season are told apart by name.
  for (const name of [/^Pre-book\s*5/, /^SS27-1/, /^SS27-2/]) {
    expect(await screen.findByRole("radio", { name })).toBeTruthy();
  }
  await userEvent.click(await screen.findByRole("radio", { name: /^Pre-book/ }));
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ delivery: ["SS27-1", "SS27-2"] }),
  );
  await userEvent.click(await screen.findByRole("radio", { name: /^At once/ }));
  await waitFor(() => expect(router.state.location.search).toEqual({ delivery: ["AO"] }));
});

test("where nothing is found, what may help is what can be done", async () => {
  const none = { "/v1/catalog/styles": { ...catalogOf([]), total: 0 } };
  const cases: [string, string][] = [
    ["/catalog?q=xyz", "Try other words, a style number or a GTIN."],
    ['/catalog?q=xyz&season=["SS27"]', "Try fewer filters or other words."],
    ['/catalog?season=["SS27"]', "Try fewer filters."],
    ['/catalog?delivery=["AO"]', "Try another delivery."],
  ];
  for (const [address, advice] of cases) {
    const { unmount } = showCatalog(address, none);
    expect(await screen.findByText(advice)).toBeTruthy();
    unmount();
  }
});

test("one style that is found is not all of several", async () => {
  showCatalog("/catalog", { "/v1/catalog/styles": { ...catalogOf([itemOf("10001")]), total: 1 } });
  expect(await screen.findByRole("button", { name: "Pick this one" })).toBeTruthy();
});

test("the view is in the address", async () => {
  const { router } = showCatalog();
  await card("Style 10001");
  await userEvent.click(screen.getByRole("radio", { name: "List" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ view: "list" }));
});

test("of 600 styles only those near the screen are there", async () => {
  const items = Array.from({ length: 48 }, (_, index) => itemOf(String(10001 + index)));
  const page = { ...catalogOf(items), total: 600, next: "more" };
  showCatalog("/catalog", { "/v1/catalog/styles": page });
  await card("Style 10001");
  expect(screen.getAllByRole("article").length).toBeLessThan(48);
  expect(screen.getByText("600 styles", { selector: "[role=status]" })).toBeTruthy();
});

test("styles are picked one by one or all that are found", async () => {
  const first = { ...catalogOf([itemOf("10001")]), total: 2, next: "more" };
  const second = { ...catalogOf([itemOf("10002")]), total: 2 };
  showCatalog("/catalog", {
    "/v1/catalog/styles": (query: URLSearchParams) => (query.get("cursor") ? second : first),
  });
  await userEvent.click(
    await screen.findByRole("checkbox", { name: "Style 10001: on the line sheet" }),
  );
  expect(screen.getByText("1 style picked")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Pick all 2" }));
  await waitFor(() => expect(picksOf(SCOPE.company.id)).toEqual(["10001", "10002"]));
  const link = screen.getByRole("link", { name: "Line sheet" });
  expect(link.getAttribute("href")).toBe("/line-sheet?styles=10001-10002");
  await userEvent.click(screen.getByRole("button", { name: "Unpick all" }));
  expect(screen.queryByRole("link", { name: "Line sheet" })).toBeNull();
});

test("where nothing is found, the filters can go", async () => {
  const { router } = showCatalog("/catalog?q=zzz&stock=true", {
    "/v1/catalog/styles": catalogOf([]),
  });
  expect(await screen.findByText("Nothing found for “zzz”")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Show everything" }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

test("a failure is told, and asked again", async () => {
  let fails = true;
  showCatalog("/catalog", {
    "/v1/catalog/styles": () =>
      fails ? Response.json({}, { status: 503 }) : catalogOf([itemOf("10001")]),
  });
  const again = await screen.findByRole("button", { name: "Try again" });
  fails = false;
  await userEvent.click(again);
  await card("Style 10001");
});

test("what the service does not take is not asked again, and there is a way out", async () => {
  const refused = { code: "invalid_input", detail: "Some of the data is not valid." };
  const { router } = showCatalog("/catalog?q=x", {
    "/v1/catalog/styles": () => Response.json(refused, { status: 422 }),
  });
  expect(await screen.findByText("Some of the data is not valid.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Show everything" }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});
