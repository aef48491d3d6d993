import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LineSheetPage } from "@/features/line-sheet/components/line-sheet-page";
import { lineSheetSearch } from "@/features/line-sheet/search";
import { pick, picksOf } from "@/shared/picks";
import { answering, SCOPE, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";
import { styleOf } from "@/testing/styles";

afterEach(() => vi.unstubAllGlobals());

const tee = styleOf(["Red", "Blue"], ["S", "M"]);
tee.packs = { multiple: 6, minimum: 12, prepacks: [] };
const cap = { ...styleOf(["Black"], ["One size"]), style: "10002", name: "Cap" };

function showSheet(search: string, styles = [tee, cap]) {
  const asked = answering({ "/v1/catalog/line-sheet": { styles } });
  return {
    ...showPage("/line-sheet", LineSheetPage, `/line-sheet${search}`, lineSheetSearch),
    asked,
  };
}

const plain = (element: Element) => element.textContent.replace(/\s/g, " ");

async function sheetOf(name: string) {
  const heading = await screen.findByRole("heading", { level: 3, name: new RegExp(name) });
  return plain(heading.closest("article")!);
}

test("a style has all that is needed to order it", async () => {
  const { container, asked } = showSheet("?styles=10001-10002");
  const text = await sheetOf("Tech Tee");
  for (const told of [
    ...["10001 · T-shirts", "00Red", "01Blue", "S · M"],
    ...["Wholesale€20.00", "from 10 pcs€18.00", "from 50 pcs€15.00", "RRP€49.95"],
    ...["Minimum12 pcs", "Packed insteps of 6", "At once"],
  ]) {
    expect(text).toContain(told);
  }
  expect(text).not.toContain("9521000100015");
  expect(screen.getByText("Line sheet for Sporthaus Lindenau", { selector: "h2" })).toBeTruthy();
  expect(plain(container)).toContain("Wholesale prices in EUR, before tax, as of");
  expect(asked).toEqual(["/v1/catalog/line-sheet?style=10001&style=10002"]);
  await expectAccessible(container);
});

test("what is sold in pairs is told in pairs", async () => {
  showSheet("?styles=10001", [{ ...tee, unit: "PR" }]);
  const text = await sheetOf("Tech Tee");
  for (const told of ["from 10 pairs", "Minimum12 pairs", "steps of 6 pairs"])
    expect(text).toContain(told);
});

test("without wholesale prices nothing tells what the shop pays", async () => {
  const { router, container } = showSheet("?styles=10001");
  await sheetOf("Tech Tee");
  await userEvent.click(screen.getByRole("checkbox", { name: "Wholesale prices" }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ prices: "rrp" }));
  const text = await sheetOf("Tech Tee");
  expect(text).toContain("RRP€49.95");
  for (const hidden of ["€20.00", "€18.00", "Minimum", "Packed"])
    expect(text).not.toContain(hidden);
  expect(plain(container)).toContain("Recommended retail prices in EUR");
});

test("shoes are sold by the pair, and windows are told by name", async () => {
  const shoe = { ...tee, unit: "PR" as const };
  showSheet("?styles=10001", [shoe]);
  const text = await sheetOf("Tech Tee");
  expect(text).toContain("from 10 pairs");
  expect(text).not.toContain("pcs");
  expect(text).toContain("SS27-1 (");
});

test("GTINs are there for who wants them", async () => {
  showSheet("?styles=10001&gtins=true");
  expect(await sheetOf("Tech Tee")).toContain("S 9521000100015");
});

test("a language for its readers: the service's texts and the sheet's", async () => {
  showSheet("?styles=10001&language=hu");
  await sheetOf("Tech Tee");
  const sheet = screen.getByRole("heading", { level: 2 });
  expect(sheet.closest("[lang]")!.getAttribute("lang")).toBe("hu");
  expect(sheet.textContent).toBe("Kollekciós lap: Sporthaus Lindenau");
  // Around it, the portal goes on in the person's own.
  expect(screen.getByRole("button", { name: "Print or save as PDF" })).toBeTruthy();
});

test("a delivery window leaves out what it does not offer, and says so", async () => {
  const elsewhere = {
    ...cap,
    colourways: cap.colourways.map((each) => ({ ...each, windows: [] })),
  };
  showSheet("?styles=10001-10002&window=SS27-1", [tee, elsewhere]);
  await sheetOf("Tech Tee");
  expect(screen.queryByRole("heading", { name: "Cap" })).toBeNull();
  expect(screen.getByText("1 style is not offered in this delivery window.")).toBeTruthy();
});

test("what the company can't buy is left out, and said", async () => {
  showSheet("?styles=10001-10002-10003", [tee]);
  expect(await screen.findByText(/2 styles are not in your range/)).toBeTruthy();
});

test("a style taken off is picked no longer", async () => {
  pick(SCOPE.company.id, ["10001", "10002"]);
  const { router } = showSheet("?styles=10001-10002");
  await sheetOf("Tech Tee");
  await userEvent.click(screen.getByRole("button", { name: "Take Tech Tee off the sheet" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ styles: "10002" }));
  expect(picksOf(SCOPE.company.id)).toEqual(["10002"]);
});

test("paper is the company's country's, else what is chosen", async () => {
  const { router } = showSheet("?styles=10001");
  await sheetOf("Tech Tee");
  const paper = screen.getByRole("combobox", { name: "Paper" });
  expect(paper).toHaveProperty("value", "a4");
  await userEvent.selectOptions(paper, "Letter");
  await waitFor(() => expect(router.state.location.search).toMatchObject({ paper: "letter" }));
});

test("printing is the browser's", async () => {
  const print = vi.fn();
  vi.stubGlobal("print", print);
  showSheet("?styles=10001");
  await userEvent.click(await screen.findByRole("button", { name: "Print or save as PDF" }));
  expect(print).toHaveBeenCalledOnce();
});

test("many styles are asked for in batches", async () => {
  const numbers = Array.from({ length: 120 }, (_, index) => String(10001 + index));
  const { asked } = showSheet(`?styles=${numbers.join("-")}`, [tee]);
  await screen.findAllByRole("article");
  expect(asked.map((url) => url.split("style=").length - 1)).toEqual([50, 50, 20]);
});

test("without any style it tells how to get some", async () => {
  const { container, asked } = showSheet("");
  const main = within(container);
  expect(await main.findByRole("heading", { name: "No style is picked yet" })).toBeTruthy();
  expect(asked).toEqual([]);
});
