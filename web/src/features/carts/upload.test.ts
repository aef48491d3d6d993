import { expect, test, vi } from "vitest";
import { Problem, Unreachable } from "@/api/problem";
import { withMediaType } from "@/shared/upload-kind";
import { NotSaved, whenSaved } from "@/features/carts/upload-when-saved";
import { createAutosave } from "@/shared/cart/autosave";
import type { Cart, LineChange } from "@/shared/cart/types";
import { cartOf } from "@/testing/carts";

const change: LineChange = { sku: "a", door: "d", window: "AO", quantity: 4 };

function saving(save: (etag: string, lines: LineChange[]) => Promise<Cart>) {
  const transport = { load: async () => cartOf(1), save };
  return createAutosave(cartOf(1), transport, localStorage, "sellin.edits.test", () => undefined);
}

test("what was typed is sent first, also what was typed meanwhile", async () => {
  let revision = 1;
  const saved = new Map<string, LineChange>();
  const autosave = saving(async (_, lines) => {
    for (const line of lines) saved.set(line.sku, line);
    if (revision === 1) autosave.edit([{ ...change, sku: "b" }]);
    return cartOf(++revision, [...saved.values()]);
  });
  autosave.edit([change]);
  await whenSaved(autosave);
  expect([...saved.keys()]).toEqual(["a", "b"]);
  expect(autosave.snapshot().state).toBe("saved");
});

test("nothing typed is nothing to wait for", async () => {
  const save = vi.fn();
  await whenSaved(saving(save));
  expect(save).not.toHaveBeenCalled();
});

test.each<[string, Error]>([
  ["the network is cut", new Unreachable()],
  ["the service refuses it", new Problem(422, { code: "invalid_input" })],
])("where %s, nothing is uploaded over it", async (_, error) => {
  const autosave = saving(() => Promise.reject(error));
  autosave.edit([change]);
  await expect(whenSaved(autosave)).rejects.toBeInstanceOf(NotSaved);
  autosave.stop();
});

test.each([
  [[0x50, 0x4b, 3, 4], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  [[0xd0, 0xcf, 0x11, 0xe0], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  [[0x73, 0x6b, 0x75], "text/csv"],
  [[], "text/csv"],
])("a file beginning with %j is sent as %s", async (bytes, type) => {
  const file = new File([new Uint8Array(bytes)], "x.csv", { type: "application/vnd.ms-excel" });
  expect((await withMediaType(file)).type).toBe(type);
});
