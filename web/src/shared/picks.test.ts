import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { MOST_PICKS, pick, picksOf, unpick, usePicks } from "@/shared/picks";

test("picks keep their order, each once, per company", () => {
  pick("1", ["10002", "10001"]);
  pick("1", ["10003", "10002"]);
  expect(picksOf("1")).toEqual(["10002", "10001", "10003"]);
  expect(picksOf("2")).toEqual([]);
  unpick("1", ["10001", "10002", "10003"]);
  expect(localStorage.length).toBe(0);
});

test("what sees picks is told of them", () => {
  const seen = renderHook(() => usePicks("1"));
  act(() => pick("1", ["10001"]));
  expect(seen.result.current).toEqual(["10001"]);
});

test("there is an end to picking", () => {
  pick(
    "1",
    Array.from({ length: MOST_PICKS + 5 }, (_, index) => String(index)),
  );
  expect(picksOf("1")).toHaveLength(MOST_PICKS);
});

test.each(["{", "7", '{"a":1}'])("a broken store is no pick: %s", (text) => {
  localStorage.setItem("sellin.picks.1", text);
  expect(picksOf("1")).toEqual([]);
});
