import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Problem } from "@/api/problem";
import type { Saving } from "@/shared/cart/autosave";
import { SaveState } from "@/shared/cart/save-state";
import type { OpenCart } from "@/shared/cart/use-cart";
import { type Scope, ScopeContext } from "@/shared/scope";
import { cartOf } from "@/testing/carts";
import { expectAccessible, show } from "@/testing/render";

const saved: Saving = {
  state: "saved",
  edits: new Map(),
  conflicts: [],
  error: null,
  savedAt: null,
};

function open(change: Partial<Saving>) {
  const autosave = {
    edit: vi.fn(),
    flush: vi.fn(),
    adopt: vi.fn(),
    resolve: vi.fn(),
    discard: vi.fn(),
    snapshot: vi.fn(),
    subscribe: vi.fn(),
  };
  const given: OpenCart = {
    cart: cartOf(1),
    saving: { ...saved, ...change },
    autosave,
    quantityOf: () => 0,
  };
  const scope = { doors: [{ id: "d", name: "Leipzig" }] } as unknown as Scope;
  const shown = show(
    <ScopeContext value={scope}>
      <SaveState open={given} />
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
  expect(screen.getByRole("status").textContent).toBe(text);
  await expectAccessible(container);
});

const conflict = { sku: "10001-010-M", door: "d", window: "AO", mine: 4, theirs: 9, by: "Ben" };

test("a conflict shows both quantities and takes the chosen one", async () => {
  const { autosave } = open({ state: "conflict", conflicts: [conflict] });
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("Leipzig");
  await expectAccessible(dialog);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Ben: 9" }));
  expect(autosave.resolve).toHaveBeenCalledWith(conflict, "theirs");
  await user.click(screen.getByRole("button", { name: "Mine: 4" }));
  expect(autosave.resolve).toHaveBeenLastCalledWith(conflict, "mine");
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
