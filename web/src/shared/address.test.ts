import { defaultStringifySearch, parseSearchWith } from "@tanstack/react-router";
import { expect, test } from "vitest";
import { addressText, readParameter } from "@/shared/address";

const read = (search: string): Record<string, unknown> => parseSearchWith(readParameter)(search);

// https://github.com/TanStack/router/issues/7650
test.each(["662E41", "1e5", "0000016023", "16023000000000000001", "1.50", "-0", "4006381333931"])(
  "%s in an address stays what it is",
  (text) => {
    expect(addressText(read(`?q=${text}`).q, 80)).toBe(text);
    expect(addressText(read(defaultStringifySearch({ q: text })).q, 80)).toBe(text);
  },
);

test("what is no text is read as before", () => {
  expect(read("?hours=24&old=true&styles=%5B%22a%22%5D")).toEqual({
    hours: 24,
    old: true,
    styles: ["a"],
  });
});
