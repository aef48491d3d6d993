import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem, SignedOut, Unreachable } from "@/api/problem";
import { createAutosave, type Transport } from "@/shared/cart/autosave";
import { type Cart, cellKey, type LineChange } from "@/shared/cart/types";
import { cartOf } from "@/testing/carts";

const at = (sku: string, quantity: number): LineChange => ({
  sku,
  door: "d",
  window: "AO",
  quantity,
});

const NAME = "sellin.edits.anna.100001.c1";

/** The carts service, as far as it matters: versions, repeated keys, lost answers. */
function service(start: LineChange[] = []) {
  let revision = 1;
  const lines = new Map(start.map((line) => [cellKey(line), line]));
  const keys = new Map<string, string>();
  const faults: ("before" | "after")[] = [];
  const requests: LineChange[][] = [];
  const cart = (): Cart => cartOf(revision, [...lines.values()], "Ben");
  const apply = (changes: LineChange[]) => {
    revision += 1;
    for (const change of changes) {
      if (change.quantity) lines.set(cellKey(change), change);
      else lines.delete(cellKey(change));
    }
  };
  const transport: Transport = {
    load: async () => cart(),
    save: async (etag, changes, key) => {
      requests.push(changes);
      const fault = faults.shift();
      if (fault === "before") throw new Unreachable();
      if (!keys.has(key)) {
        if (etag !== `"${revision}"`) throw new Problem(412, { code: "cart_changed" });
        apply(changes);
        keys.set(key, JSON.stringify(changes));
      }
      expect(keys.get(key)).toBe(JSON.stringify(changes));
      if (fault === "after") throw new Unreachable();
      return cart();
    },
  };
  const quantity = (sku: string) => lines.get(cellKey(at(sku, 0)))?.quantity ?? 0;
  return { transport, cart, apply, faults, requests, quantity };
}

function open(given: ReturnType<typeof service>) {
  const onCart = vi.fn();
  return { ...createAutosave(given.cart(), given.transport, localStorage, NAME, onCart), onCart };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is typed in quick succession is one request", async () => {
  const given = service();
  const autosave = open(given);
  autosave.edit([at("a", 1)]);
  autosave.edit([at("a", 12)]);
  autosave.edit([at("b", 3)]);
  expect(autosave.snapshot().state).toBe("waiting");
  await vi.runAllTimersAsync();
  expect(given.requests).toEqual([[at("a", 12), at("b", 3)]]);
  expect(autosave.snapshot()).toMatchObject({ state: "saved", edits: new Map() });
  expect(autosave.onCart).toHaveBeenCalledOnce();
});

test("an entry taken back is not sent", async () => {
  const given = service([at("a", 5)]);
  const autosave = open(given);
  autosave.edit([at("a", 6)]);
  autosave.edit([at("a", 5)]);
  await vi.runAllTimersAsync();
  expect(given.requests).toEqual([]);
});

test("entries outlive a cut network and a closed page", async () => {
  const given = service();
  given.faults.push("before");
  const closed = open(given);
  closed.edit([at("a", 4)]);
  await vi.advanceTimersByTimeAsync(700);
  expect(closed.snapshot().state).toBe("offline");
  vi.clearAllTimers();
  const reopened = open(given);
  expect(reopened.snapshot().edits).toEqual(new Map([[cellKey(at("a", 4)), 4]]));
  await vi.runAllTimersAsync();
  expect(given.quantity("a")).toBe(4);
  expect(localStorage).toHaveLength(0);
});

test("what somebody else changed while the page was closed is left to the person", async () => {
  const given = service([at("a", 1), at("b", 1)]);
  given.faults.push("before");
  const closed = open(given);
  closed.edit([at("a", 4), at("b", 5)]);
  await vi.advanceTimersByTimeAsync(700);
  closed.stop();
  vi.clearAllTimers();
  given.apply([at("a", 9)]);
  for (let reload = 0; reload < 2; reload += 1) {
    const reopened = open(given);
    expect(reopened.snapshot()).toMatchObject({
      state: "conflict",
      conflicts: [{ sku: "a", mine: 4, theirs: 9, by: "Ben", uid: "ben" }],
    });
    reopened.stop();
  }
  const reopened = open(given);
  reopened.resolve(reopened.snapshot().conflicts, "mine");
  await vi.runAllTimersAsync();
  expect([given.quantity("a"), given.quantity("b")]).toEqual([4, 5]);
  expect(localStorage).toHaveLength(0);
});

test("what was on its way when the page was closed is no conflict with oneself", async () => {
  const given = service();
  given.faults.push("after");
  const closed = open(given);
  closed.edit([at("a", 4)]);
  await vi.advanceTimersByTimeAsync(700);
  closed.edit([at("a", 7)]);
  closed.stop();
  const reopened = open(given);
  await vi.runAllTimersAsync();
  expect(given.quantity("a")).toBe(7);
  expect(reopened.snapshot()).toMatchObject({ state: "saved", conflicts: [] });
});

test("two tabs keep their entries side by side", async () => {
  const given = service();
  given.faults.push("before", "before");
  const [one, two] = [open(given), open(given)];
  one.edit([at("a", 4)]);
  two.edit([at("b", 5)]);
  one.edit([at("c", 6)]);
  one.stop();
  two.stop();
  const reopened = open(given);
  expect(reopened.snapshot().edits).toEqual(
    new Map([at("a", 4), at("b", 5), at("c", 6)].map((each) => [cellKey(each), each.quantity])),
  );
});

test("who is signed out goes on later", async () => {
  const given = service();
  const save = vi.fn().mockRejectedValueOnce(new SignedOut());
  save.mockImplementation(given.transport.save);
  const transport = { ...given.transport, save };
  const autosave = createAutosave(given.cart(), transport, localStorage, NAME, () => undefined);
  autosave.edit([at("a", 4)]);
  await vi.advanceTimersByTimeAsync(700);
  expect(autosave.snapshot().state).toBe("offline");
  await vi.runAllTimersAsync();
  expect(given.quantity("a")).toBe(4);
});

test("only what the service names is taken back", async () => {
  const given = service();
  const fault = { code: "unknown_sku", in: "body", pointer: "/lines/0/sku", detail: "No." };
  const refusal = new Problem(422, { code: "invalid_input", errors: [fault] });
  const save = vi.fn().mockRejectedValueOnce(refusal);
  save.mockImplementation(given.transport.save);
  const transport = { ...given.transport, save };
  const autosave = createAutosave(given.cart(), transport, localStorage, NAME, () => undefined);
  autosave.edit([at("gone", 4), at("b", 5)]);
  await vi.runAllTimersAsync();
  expect(autosave.snapshot().refused).toMatchObject([{ sku: "gone" }]);
  autosave.discard();
  await vi.runAllTimersAsync();
  expect([given.quantity("gone"), given.quantity("b")]).toEqual([0, 5]);
});

test("actions are undone one by one; typing in a cell is one", async () => {
  const given = service([at("a", 1), at("b", 2)]);
  const autosave = open(given);
  autosave.edit([at("a", 3)]);
  autosave.edit([at("a", 34)]);
  autosave.edit([at("a", 0), at("b", 36)], "34 moved");
  await vi.runAllTimersAsync();
  expect(autosave.snapshot()).toMatchObject({ undoable: 2, done: "34 moved" });
  await autosave.undo();
  await vi.runAllTimersAsync();
  expect([given.quantity("a"), given.quantity("b")]).toEqual([34, 2]);
  await autosave.undo();
  await vi.runAllTimersAsync();
  expect(given.quantity("a")).toBe(1);
  expect(autosave.snapshot()).toMatchObject({ undoable: 0, done: null });
});

test("undoing leaves what somebody else changed since", async () => {
  const given = service([at("a", 1), at("b", 2)]);
  const autosave = open(given);
  autosave.edit([at("a", 5), at("b", 6)]);
  await vi.runAllTimersAsync();
  given.apply([at("a", 9)]);
  autosave.adopt(given.cart());
  await autosave.undo();
  await vi.runAllTimersAsync();
  expect([given.quantity("a"), given.quantity("b")]).toEqual([9, 2]);
});

test("a lost answer is no conflict with oneself", async () => {
  const given = service();
  given.faults.push("after");
  const autosave = open(given);
  autosave.edit([at("a", 4)]);
  await vi.advanceTimersByTimeAsync(700);
  autosave.edit([at("a", 7)]);
  await vi.runAllTimersAsync();
  expect(given.quantity("a")).toBe(7);
  expect(autosave.snapshot()).toMatchObject({ state: "saved", conflicts: [] });
});

test("what somebody else did elsewhere in the cart is no conflict", async () => {
  const given = service();
  const autosave = open(given);
  given.apply([at("b", 9)]);
  autosave.edit([at("a", 4)]);
  await vi.runAllTimersAsync();
  expect([given.quantity("a"), given.quantity("b")]).toEqual([4, 9]);
  expect(autosave.snapshot().state).toBe("saved");
});

test.each([
  ["mine", 4],
  ["theirs", 9],
] as const)("a cell that both changed is left to the person: %s", async (choice, kept) => {
  const given = service();
  const autosave = open(given);
  given.apply([at("a", 9)]);
  autosave.edit([at("a", 4)]);
  await vi.runAllTimersAsync();
  const { quantity: _, ...cell } = at("a", 0);
  expect(autosave.snapshot().conflicts).toEqual([
    { ...cell, mine: 4, theirs: 9, by: "Ben", uid: "ben" },
  ]);
  expect(given.quantity("a")).toBe(9);
  autosave.resolve([cell], choice);
  await vi.runAllTimersAsync();
  expect(given.quantity("a")).toBe(kept);
  expect(autosave.snapshot().state).toBe("saved");
});

test("a cart read meanwhile does not overwrite what is being typed", async () => {
  const given = service();
  const autosave = open(given);
  autosave.edit([at("a", 4)]);
  given.apply([at("a", 9)]);
  autosave.adopt(given.cart());
  expect(autosave.snapshot().state).toBe("conflict");
});

test("a refused entry is told and kept, and another one goes on", async () => {
  const given = service();
  const refusal = new Problem(422, { code: "invalid_input", detail: "No." });
  const refusing = { ...given.transport, save: vi.fn().mockRejectedValueOnce(refusal) };
  refusing.save.mockImplementation(given.transport.save);
  const autosave = createAutosave(given.cart(), refusing, localStorage, NAME, () => undefined);
  autosave.edit([at("a", 4)]);
  await vi.runAllTimersAsync();
  expect(autosave.snapshot()).toMatchObject({ state: "refused", error: refusal });
  autosave.edit([at("a", 5)]);
  await vi.runAllTimersAsync();
  expect(given.quantity("a")).toBe(5);
});

test("whatever is lost on the way, all that was typed is saved in the end", async () => {
  const fault = fc.constantFrom("before" as const, "after" as const);
  const entry = fc.record({ sku: fc.constantFrom("a", "b", "c"), quantity: fc.nat(20) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 5 }),
      fc.array(fc.tuple(entry, fc.nat(3000)), { minLength: 1, maxLength: 12 }),
      async (faults, entries) => {
        localStorage.clear();
        const given = service();
        given.faults.push(...faults);
        const autosave = open(given);
        for (const [{ sku, quantity }, pause] of entries) {
          autosave.edit([at(sku, quantity)]);
          await vi.advanceTimersByTimeAsync(pause);
        }
        await vi.runAllTimersAsync();
        for (const [{ sku, quantity }] of entries.filter(
          ([one], index) => !entries.slice(index + 1).some(([other]) => other.sku === one.sku),
        )) {
          expect(given.quantity(sku)).toBe(quantity);
        }
        expect(autosave.snapshot()).toMatchObject({ state: "saved", conflicts: [] });
      },
    ),
    { numRuns: 60 },
  );
});
