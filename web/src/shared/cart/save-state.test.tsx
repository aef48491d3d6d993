import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Problem } from "@/api/problem";
import type { Saving } from "@/shared/cart/autosave";
import { SaveState } from "@/shared/cart/save-state";
import { type Scope, ScopeContext } from "@/shared/scope";
import { cartOf } from "@/testing/carts";
import { openCart } from "@/testing/open-cart";
import { expectAccessible, show } from "@/testing/render";

function open(change: Partial<Saving> = {}) {
  const cart = cartOf(1, [{ sku: "10001-010-M", door: "d", window: "AO", quantity: 9 }]);
  const given = openCart(cart);
  const saving = { ...given.autosave.snapshot(), ...change };
  const autosave = { ...given.autosave, resolve: vi.fn(), discard: vi.fn() };
  if (Object.keys(change).length) autosave.snapshot = () => saving;
  const scope = { me: { uid: "anna" }, doors: [{ id: "d", name: "Leipzig" }] } as unknown as Scope;
  const shown = show(
    <ScopeContext value={scope}>
      <SaveState open={{ cart, autosave }} />
    </ScopeContext>,
  );
  return { ...shown, autosave };
}

test.each([
  ["saved", "All saved"],
  ["saving", "Saving…"],
  ["offline", "Not connected. Your entries are kept on this device and saved later."],
] as const)("it says when it is %s", async (state, text) => {
  const { container } = open({ state });
  expect(screen.getByText(text).getAttribute("role")).toBe("status");
  await expectAccessible(container);
});

const conflict = {
  sku: "10001-010-M",
  door: "d",
  window: "AO",
  mine: 4,
  theirs: 9,
  by: "Ben",
  uid: "ben",
};

test("a conflict shows both quantities and takes the chosen one", async () => {
  const { autosave } = open({ state: "conflict", conflicts: [conflict] });
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("Tech Tee, Black, M");
  expect(dialog.textContent).toContain("Leipzig");
  await expectAccessible(dialog);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Ben: 9" }));
  expect(autosave.resolve).toHaveBeenCalledWith([conflict], "theirs");
  await user.click(screen.getByRole("button", { name: "Mine: 4" }));
  expect(autosave.resolve).toHaveBeenLastCalledWith([conflict], "mine");
});

test("who changed the same in two places is not told of somebody else", async () => {
  const own = { ...conflict, by: "Anna", uid: "anna" };
  const { autosave } = open({ state: "conflict", conflicts: [own] });
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("in another window or on another device");
  expect(dialog.textContent).not.toContain("Somebody else");
  await userEvent.setup().click(screen.getByRole("button", { name: "Entered there: 9" }));
  expect(autosave.resolve).toHaveBeenCalledWith([own], "theirs");
});

test("of a line that is gone nobody is named", async () => {
  open({ state: "conflict", conflicts: [{ ...conflict, by: null, uid: null, theirs: 0 }] });
  expect((await screen.findByRole("dialog")).textContent).toContain(
    "The same quantities were changed elsewhere",
  );
});

test("many conflicts are ended at once", async () => {
  const conflicts = [conflict, { ...conflict, sku: "10001-010-L" }];
  const { autosave } = open({ state: "conflict", conflicts });
  await userEvent.setup().click(await screen.findByRole("button", { name: "Mine everywhere" }));
  expect(autosave.resolve).toHaveBeenCalledWith(conflicts, "mine");
});

test("a conflict can't be closed without a choice", async () => {
  const { autosave } = open({ state: "conflict", conflicts: [conflict] });
  await screen.findByRole("dialog");
  await userEvent.setup().keyboard("{Escape}");
  expect(screen.getByRole("dialog")).toBeTruthy();
  expect(autosave.resolve).not.toHaveBeenCalled();
});

test("a refusal is told in the service's words and can be taken back", async () => {
  const error = new Problem(422, { code: "invalid_input", detail: "This door does not exist." });
  const { autosave } = open({ state: "refused", error });
  expect(screen.getByRole("alert").textContent).toContain("This door does not exist.");
  await userEvent
    .setup()
    .click(screen.getByRole("button", { name: "Take back what is not saved" }));
  expect(autosave.discard).toHaveBeenCalledOnce();
});

test("the last action is named and taken back, by press or by keys", async () => {
  const { autosave } = open();
  const user = userEvent.setup();
  const cell = { sku: "10001-010-M", door: "d", window: "AO" };
  act(() => autosave.edit([{ ...cell, quantity: 0 }], "Moved: 9 pieces"));
  expect(screen.getByText("Moved: 9 pieces")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(autosave.quantityOf(cell)).toBe(9);
  act(() => autosave.edit([{ ...cell, quantity: 3 }]));
  await user.keyboard("{Control>}z{/Control}");
  expect(autosave.quantityOf(cell)).toBe(9);
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});
