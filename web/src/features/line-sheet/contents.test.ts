import { expect, test } from "vitest";
import { contentsOf, sizesOf, windowsOf } from "@/features/line-sheet/contents";
import { AT_ONCE, PRE_BOOK, styleOf } from "@/testing/styles";

const named = (style: string, name: string) => ({ ...styleOf(["Red"], ["S"]), style, name });

test("a delivery window leaves the colourways that it offers", () => {
  const style = styleOf(["Red", "Blue"], ["S", "M"]);
  style.colourways[1]!.windows = [AT_ONCE];
  const [only, ...rest] = contentsOf([style], { window: PRE_BOOK.id }, "en");
  expect(only!.colourways.map((each) => each.name)).toEqual(["Red"]);
  expect(rest).toEqual([]);
  expect(contentsOf([style], { window: "FW99" }, "en")).toEqual([]);
});

test("styles stand as they were picked, or sorted as the reader sorts", () => {
  const picked = [named("10010", "Östra"), named("9", "Zenit"), named("10001", "Alto")];
  const numbers = (order?: "number" | "name", language = "sv") =>
    contentsOf(picked, order ? { order } : {}, language).map((each) => each.style);
  expect(numbers()).toEqual(["10010", "9", "10001"]);
  expect(numbers("number")).toEqual(["9", "10001", "10010"]);
  expect(numbers("name", "sv")).toEqual(["10001", "9", "10010"]);
  expect(numbers("name", "de")).toEqual(["10001", "10010", "9"]);
});

test("delivery windows are those that are open, at once first", () => {
  const style = styleOf(["Red"], ["S"]);
  const closed = { ...PRE_BOOK, id: "SS27-0", open: false };
  style.colourways[0]!.windows = [PRE_BOOK, closed, AT_ONCE];
  expect(windowsOf([style, style]).map((each) => each.id)).toEqual(["AO", "SS27-1"]);
});

test("sizes are told once", () => {
  expect(sizesOf(styleOf(["Red", "Blue"], ["S", "M"]))).toEqual(["S", "M"]);
});
