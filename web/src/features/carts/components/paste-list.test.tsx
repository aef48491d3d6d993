import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PasteList } from "@/features/carts/components/paste-list";
import type { FoundLine, LookUp } from "@/shared/cart/look-up";
import { cartOf } from "@/testing/carts";
import { stubFetch } from "@/testing/fetch";
import { openCart } from "@/testing/open-cart";
import { expectAccessible, show } from "@/testing/render";
import { asAnna } from "@/testing/upload-dialog";

beforeEach(asAnna);
afterEach(() => vi.unstubAllGlobals());

const DELIVERY = { door: "1", window: "AO" };

const line = (sku: string, change: Partial<FoundLine> = {}) =>
  ({
    status: "found",
    sku,
    style_name: "Tee",
    colour_name: "Black",
    size_name: sku.split("-")[2],
    windows: ["AO"],
    availability: { level: "good", quantity: 5, capped: false },
    pieces: 12,
    note: null,
    ...change,
  }) as FoundLine;

async function pasted(text: string, lines: LookUp["lines"]) {
  stubFetch(() => Response.json({ lines, windows: [] }));
  const open = openCart(cartOf(1));
  const user = userEvent.setup();
  show(
    <QueryClientProvider client={new QueryClient()}>
      <PasteList open={open} delivery={DELIVERY} />
    </QueryClientProvider>,
  );
  await user.click(screen.getByRole("textbox"));
  await user.paste(text);
  await user.click(screen.getByRole("button", { name: "Look up" }));
  await screen.findByRole("list");
  return { open, user, results: screen.getAllByRole("listitem") };
}

test("of a colourway the sizes are offered, and the one that is chosen has the quantity", async () => {
  const asked = {
    status: "not_found" as const,
    input: "10123-010 12",
    code: "several_articles" as const,
    reason: "10123-010 is several articles. Choose one.",
    choices: [line("10123-010-S"), line("10123-010-M")],
  };
  const { open, user, results } = await pasted("10123-010 12", [asked]);
  const [result] = results;
  expect(within(result!).getByText("Tee, Black")).toBeTruthy();
  const sizes = within(result!).getAllByRole("button");
  expect(sizes.map((button) => button.textContent)).toEqual(["S", "M"]);
  await expectAccessible(document.body);
  await user.click(within(result!).getByRole("button", { name: "10123-010-M · Tee, Black, M" }));
  await user.click(screen.getByRole("button", { name: "Add to the cart (1)" }));
  expect(open.autosave.quantityOf({ sku: "10123-010-M", ...DELIVERY })).toBe(12);
});

test("articles of two styles with one name are told apart", async () => {
  const asked = {
    status: "not_found" as const,
    input: "9521000100015",
    code: "ambiguous" as const,
    reason: "Choose one.",
    choices: [line("10123-010-M"), line("10200-010-M")],
  };
  const { results } = await pasted("9521000100015", [asked]);
  const buttons = within(results[0]!).getAllByRole("button");
  expect(buttons.map((button) => button.textContent)).toEqual([
    "10123-010-M · Tee, Black, M",
    "10200-010-M · Tee, Black, M",
  ]);
});

test("where only the quantity is refused, what was pasted is shown with it", async () => {
  const { results } = await pasted(" 9 521000 100015 -3", [
    line("10123-010-M", { pieces: null, note: "-3 is less than 0." }),
  ]);
  expect(results[0]!.textContent).toContain("9 521000 100015 -3");
  expect(results[0]!.textContent).toContain("-3 is less than 0.");
  expect(screen.getByRole("button", { name: "Add to the cart (0)" })).toHaveProperty(
    "disabled",
    true,
  );
});

test("what a line of the cart has no room for stays in the list with its reason", async () => {
  const entries = "10123-010-M 99990\n10123-010-M 12";
  const { open, user } = await pasted(entries, [
    line("10123-010-M", { pieces: 99_990 }),
    line("10123-010-M"),
  ]);
  await user.click(screen.getByRole("button", { name: "Add to the cart (2)" }));
  expect(open.autosave.quantityOf({ sku: "10123-010-M", ...DELIVERY })).toBe(99_990);
  expect(
    screen.getByText(/would have 100,002 pieces of it, and a line takes at most 100,000/),
  ).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("10123-010-M 12");
  await expectAccessible(document.body);
});
