import { describe, expect, it } from "vitest";
import { minorUnits, typedAmount } from "@/features/approvals/limits";

describe("a limit", () => {
  it.each([
    ["5000", "EUR", 500_000],
    ["5 000,50", "EUR", 500_050],
    ["5000.5", "EUR", 500_050],
    ["0", "EUR", 0],
    ["1200", "JPY", 1_200],
  ])("%s %s is read", (typed, currency, minor) => {
    expect(minorUnits(typed, currency)).toBe(minor);
  });

  it.each(["", "5.000", "5,000", "5,000.00", "-1", "many", "1e3"])(
    "%s is asked about, since it may mean two things or none",
    (typed) => {
      expect(minorUnits(typed, "EUR")).toBeNull();
    },
  );

  it.each([500_000, 500_050, 0, 99])("%i is typed so that it is read again", (minor) => {
    expect(minorUnits(typedAmount(minor, "EUR"), "EUR")).toBe(minor);
  });
});
