import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Fired } from "@/shared/approval/approvals";
import { FiredRules } from "@/shared/approval/fired-rules";
import { answering, showPage } from "@/testing/page";

afterEach(() => vi.unstubAllGlobals());

const RULE: Fired = {
  rule: "r1",
  name: "Shoes",
  kind: "order_amount",
  figure: { amount: 12_500, currency: "EUR" },
  limit: { amount: 10_000, currency: "EUR" },
  period: null,
  since: null,
  of: "",
  categories: ["SHOES"],
};

test("tells which goods count towards the figure, by the catalogue's names", async () => {
  const category = [{ value: "SHOES", label: "Footwear", count: 3 }];
  answering({ "/v1/catalog/styles": { facets: { category } } });
  showPage("/carts", () => <FiredRules fired={[RULE]} />, "/carts");
  const told = await screen.findByText(/only Footwear/);
  expect(told.textContent).toContain("125.00");
});

test("asks for no names where all goods count", async () => {
  const asked = answering({});
  showPage("/carts", () => <FiredRules fired={[{ ...RULE, categories: [] }]} />, "/carts");
  const told = await screen.findByText(/125.00/);
  expect(told.textContent).not.toContain("only");
  expect(asked).toEqual([]);
});
