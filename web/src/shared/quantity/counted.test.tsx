import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Counted, unitOf, useCounted } from "@/shared/quantity/counted";
import { cartOf } from "@/testing/carts";
import { show } from "@/testing/render";

function Label({ value }: { value: number }) {
  return <i>{useCounted()(value, "PR")}</i>;
}

test("shoes are counted in pairs, all else and what is not known in pieces", () => {
  show(
    <>
      <b>
        <Counted value={12} unit="PR" />
      </b>
      <b>
        <Counted value={1} unit="PCE" />
      </b>
      <b>
        <Counted value={3} unit={undefined} />
      </b>
      <Label value={1} />
    </>,
  );
  const texts = ["12 pairs", "1 piece", "3 pieces", "1 pair"];
  for (const text of texts) expect(screen.getByText(text)).toBeTruthy();
});

test("only goods that are all pairs are counted in pairs together", () => {
  const cart = cartOf(1, []);
  const style = { name: "", pieces: 1, minimum: 0, multiple: 1, price_source: "market" as const };
  const unit_price = { amount: 1, currency: "EUR", per: 1 };
  const price = { unit_price, list_price: null, tier: null, next_tier: null };
  cart.styles = [
    { ...style, ...price, style: "10001", unit: "PCE" },
    { ...style, ...price, style: "20001", unit: "PR" },
    { ...style, ...price, style: "20002", unit: "PR" },
    { ...style, ...price, style: "CW2288-111-42", unit: "PR" },
  ];
  const unit = (...skus: string[]) =>
    unitOf(
      cart,
      skus.map((sku) => ({ sku })),
    );
  expect(unit("20001-010-42", "20002-010-42.5")).toBe("PR");
  expect(unit("CW2288-111-42-NAVY-42")).toBe("PR");
  expect(unit("20001-010-42", "10001-010-M")).toBe("PCE");
  expect(unit("20001-010-42", "99999-010-M")).toBe("PCE");
  expect(unit()).toBe("PCE");
});
