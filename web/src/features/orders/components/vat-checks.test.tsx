import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Order } from "@/features/orders/api/get-order";
import { VatChecks } from "@/features/orders/components/vat-checks";
import { show } from "@/testing/render";

type Checks = Order["vat_checks"];

const placing: Checks[number] = {
  occasion: "placing",
  delivery: "",
  vat_id: "FR40303265045",
  answer: "valid",
  on: "2026-11-22",
  consultation: "WAPIAAAAZ0000001",
  detail: "FR40303265045 is valid.",
};

test("each answer stands beside its occasion", () => {
  const leaving: Checks[number] = {
    ...placing,
    occasion: "goods_issue",
    delivery: "80000001",
    answer: "not_checked",
    detail: "VIES did not answer.",
  };
  show(<VatChecks order={{ vat_checks: [placing, leaving], vat_warning: null }} />);
  expect(screen.getAllByRole("term").map((term) => term.textContent)).toEqual([
    "VAT id at placing",
    "VAT id at goods issue, delivery 80000001",
  ]);
  expect(screen.getAllByRole("definition").map((one) => one.textContent)).toEqual([
    "FR40303265045 is valid.",
    "VIES did not answer.",
  ]);
});

test("what follows from an invalid id is said as a warning", () => {
  const order = { vat_checks: [placing], vat_warning: "The invoice will bear VAT." };
  show(<VatChecks order={order} />);
  expect(screen.getByRole("status").textContent).toContain("The invoice will bear VAT.");
});
