import type { Storing } from "@/shared/cart/kept-edits";
import { type Cart, type Cell, cellKey, cellOf, type LineChange } from "@/shared/cart/types";

interface Kept {
  /** Make one cart of it, however often that is tried. */
  key: string;
  name: string;
  cells: [cell: string, quantity: number][];
}

export interface DraftState {
  edits: ReadonlyMap<string, number>;
  /** Why no cart could be made of it yet. */
  error: unknown;
}

/** Where it is kept: a sign-out leaves it there, as it does all that is not saved yet. */
export const draftName = (person: string, company: string) =>
  `sellin.edits.new.${person}.${company}`;

export type Draft = ReturnType<typeof createDraft>;

/**
 * What a person enters while the company has no cart. The first entry makes one, which takes
 * over all that is entered until it is there; `onCart` is called with both.
 */
export function createDraft(
  make: (cartName: string, key: string) => Promise<Cart>,
  onCart: (cart: Cart, entered: LineChange[]) => void,
  storage: Storing,
  name: string,
) {
  let start: Pick<Kept, "key" | "name"> | null = null;
  let state: DraftState = { edits: new Map(), error: null };
  let isMaking = false;
  const listeners = new Set<() => void>();

  function tell(change: Partial<DraftState>): void {
    state = { ...state, ...change };
    const { edits } = state;
    try {
      if (start) storage.setItem(name, JSON.stringify({ ...start, cells: [...edits] }));
      else storage.removeItem(name);
    } catch {
      // A full or forbidden storage must not keep anybody from typing.
    }
    for (const listener of listeners) listener();
  }

  /** Enters quantities; `cartName` is the cart's, which the first of them makes. */
  function enter(changes: LineChange[], cartName: string): void {
    start ??= { key: crypto.randomUUID(), name: cartName };
    const edits = new Map(state.edits);
    for (const change of changes) edits.set(cellKey(change), change.quantity);
    tell({ edits });
    void flush();
  }

  /** Makes the cart, if anything is to be put into one. */
  async function flush(): Promise<void> {
    if (isMaking || !start) return;
    isMaking = true;
    try {
      const cart = await make(start.name, start.key);
      const entered = [...state.edits].map(([cell, quantity]) => ({ ...cellOf(cell), quantity }));
      start = null;
      onCart(cart, entered);
      tell({ edits: new Map(), error: null });
    } catch (error) {
      tell({ error });
    } finally {
      isMaking = false;
    }
  }

  try {
    const left = JSON.parse(storage.getItem(name) ?? "null") as Kept | null;
    if (left) {
      start = { key: left.key, name: left.name };
      state = { edits: new Map(left.cells), error: null };
    }
  } catch {
    // Not what was kept here.
  }

  return {
    enter,
    flush,
    quantityOf: (cell: Cell) => state.edits.get(cellKey(cell)) ?? 0,
    snapshot: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
