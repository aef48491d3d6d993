import fc from "fast-check";
import { expect, test } from "vitest";
import { addressText } from "@/shared/address";
import { firstLetters, lastLetters } from "@/shared/letters";

// https://github.com/mastra-ai/mastra/pull/15634
test("no letter is cut in half, wherever a text ends", () => {
  const text = fc.string({ unit: "binary", maxLength: 30 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 30 }), (given, most) => {
      for (const part of [firstLetters(given, most), lastLetters(given, most)]) {
        expect(() => encodeURIComponent(part)).not.toThrow();
        expect(Array.from(part).length).toBe(Math.min(most, Array.from(given).length));
      }
    }),
  );
});

test("an address that ends within a letter is sent all the same", () => {
  const typed = addressText(`${"x".repeat(99)}👟👟`, 100);
  expect(encodeURIComponent(typed)).toBe(`${"x".repeat(99)}%F0%9F%91%9F`);
});
