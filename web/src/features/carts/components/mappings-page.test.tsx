import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { MappingsPage } from "@/features/carts/components/mappings-page";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const PATH = "/v1/carts/upload/mappings";
const ID = "a".repeat(24);

test("what is remembered is shown, and deleted after a question", async () => {
  const chosen = { uid: "ben", by: "Ben Gast", by_kind: "person", at: "2026-11-02T10:00:00Z" };
  const columns = [
    { name: "Ding", meaning: "article" },
    { name: "", meaning: "none" },
    { name: "XL", meaning: "size_quantity" },
  ];
  const asked = answering({
    "/v1/carts/healthz": {},
    [PATH]: { items: [{ id: ID, columns, chosen }] },
    [`${PATH}/${ID}`]: {},
  });
  const { container } = showPage("/carts/columns", MappingsPage, "/carts/columns");
  expect(await screen.findByRole("heading", { name: "Ding, XL" })).toBeTruthy();
  const names = screen.getAllByRole("term").map((each) => each.textContent);
  const meanings = screen.getAllByRole("definition").map((each) => each.textContent);
  expect(names).toEqual(["Ding", "Column B", "XL"]);
  expect(meanings).toEqual(["SKU or GTIN", "Not read", "Quantity of size XL"]);
  expect(screen.getByText(/^Confirmed by Ben Gast, /)).toBeTruthy();
  await expectAccessible(container);
  await userEvent.click(screen.getByRole("button", { name: "Delete: Ding, XL" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Delete" }));
  await vi.waitFor(() => expect(asked).toContain(`${PATH}/${ID}`));
});
