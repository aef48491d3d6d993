import { expect, test } from "vitest";
import { durations } from "@/features/desk/words";

test.each([
  [0.04, "0 Sek."],
  [119.4, "119,4 Sek."],
  [120, "2 Min."],
  [114_972, "31,9 Std."],
])("%s s is told in a unit that can be grasped", (seconds, told) => {
  expect(durations("de")(seconds).replace(/\s/g, " ")).toBe(told);
});
