import { isPassing, Problem } from "@/api/problem";
import { type Cart, type Cell, cellKey, cellOf, type LineChange } from "@/shared/cart/types";

/** Milliseconds without a key before what was typed is sent. */
const DEBOUNCE = 600;
const FIRST_RETRY = 2_000;
const LAST_RETRY = 30_000;

/**
 * `waiting` and `saving` end by themselves, `offline` is tried again, `conflict` waits for a
 * person, `refused` for another entry.
 */
export type SaveState = "saved" | "waiting" | "saving" | "offline" | "conflict" | "refused";

/** A cell that somebody else changed since it was read, and this person too. */
export interface CellConflict extends Cell {
  mine: number;
  theirs: number;
  /** Who changed it; null where the line is gone. */
  by: string | null;
}

export interface Saving {
  state: SaveState;
  /** What was entered and is not saved yet, by cell key. */
  edits: ReadonlyMap<string, number>;
  conflicts: CellConflict[];
  /** Why the service refuses an entry. */
  error: unknown;
  savedAt: Date | null;
}

export interface Transport {
  load(): Promise<Cart>;
  save(etag: string, lines: LineChange[], key: string): Promise<Cart>;
}

interface Batch {
  key: string;
  etag: string;
  lines: LineChange[];
}

export type Autosave = ReturnType<typeof createAutosave>;

/**
 * Saves a cart's cells as they are typed: one request for all, from the version last seen.
 *
 * Entries are kept in `storage` until they are saved. A request whose answer did not come is
 * repeated as it was, by its key, before anything newer is sent. `onCart` gets every newer
 * cart.
 */
export function createAutosave(
  start: Cart,
  transport: Transport,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
  onCart: (cart: Cart) => void,
) {
  const stored = `sellin.edits.${start.id}`;
  let etag = start.etag;
  let base = quantities(start);
  let batch: Batch | null = null;
  let retryIn = FIRST_RETRY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Saving = {
    state: "saved",
    edits: new Map(),
    conflicts: [],
    error: null,
    savedAt: null,
  };
  const listeners = new Set<() => void>();

  function tell(change: Partial<Saving>): void {
    saving = { ...saving, ...change };
    for (const listener of listeners) listener();
  }

  function keep(edits: ReadonlyMap<string, number>): void {
    if (edits.size) storage.setItem(stored, JSON.stringify([...edits]));
    else storage.removeItem(stored);
  }

  function later(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  function edit(changes: LineChange[]): void {
    const edits = new Map(saving.edits);
    for (const change of changes) {
      const key = cellKey(change);
      if (change.quantity === (base.get(key) ?? 0) && !batch) edits.delete(key);
      else edits.set(key, change.quantity);
    }
    keep(edits);
    const conflicts = saving.conflicts.filter((conflict) => edits.has(cellKey(conflict)));
    tell({ edits, conflicts, error: null, state: stateOf(edits, conflicts) });
    if (edits.size && !conflicts.length && !batch) later(DEBOUNCE);
  }

  function stateOf(edits: ReadonlyMap<string, number>, conflicts: CellConflict[]): SaveState {
    if (conflicts.length) return "conflict";
    if (saving.state === "saving" || saving.state === "offline") return saving.state;
    return edits.size ? "waiting" : "saved";
  }

  /** Sends what is not saved yet, without waiting. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (saving.state === "saving" || saving.conflicts.length || !saving.edits.size) return;
    batch ??= { key: crypto.randomUUID(), etag, lines: changesOf(saving.edits) };
    tell({ state: "saving" });
    try {
      const cart = await transport.save(batch.etag, batch.lines, batch.key);
      settle(cart, batch.lines);
    } catch (error) {
      await failed(error);
    }
  }

  function settle(cart: Cart, sent: LineChange[]): void {
    const edits = new Map(saving.edits);
    for (const line of sent) {
      if (edits.get(cellKey(line)) === line.quantity) edits.delete(cellKey(line));
    }
    batch = null;
    retryIn = FIRST_RETRY;
    etag = cart.etag;
    base = quantities(cart);
    keep(edits);
    tell({ edits, error: null, state: edits.size ? "waiting" : "saved", savedAt: new Date() });
    onCart(cart);
    if (edits.size) later(DEBOUNCE);
  }

  async function failed(error: unknown): Promise<void> {
    if (error instanceof Problem && error.status === 412) {
      try {
        batch = null;
        rebase(await transport.load());
        return;
      } catch (again) {
        error = again;
      }
    }
    if (isPassing(error)) {
      tell({ state: "offline" });
      later(retryIn);
      retryIn = Math.min(2 * retryIn, LAST_RETRY);
    } else {
      batch = null;
      tell({ state: "refused", error });
    }
  }

  /** Goes on from a newer cart; what both changed is left to the person. */
  function rebase(cart: Cart): void {
    const current = quantities(cart);
    const conflicts: CellConflict[] = [];
    const edits = new Map(saving.edits);
    for (const [key, mine] of saving.edits) {
      const theirs = current.get(key) ?? 0;
      if (theirs === mine) edits.delete(key);
      else if (theirs !== (base.get(key) ?? 0)) {
        const line = cart.lines.find((each) => cellKey(each) === key);
        conflicts.push({ ...cellOf(key), mine, theirs, by: line?.changed.by ?? null });
      }
    }
    etag = cart.etag;
    base = current;
    keep(edits);
    const state = conflicts.length ? "conflict" : edits.size ? "waiting" : "saved";
    tell({ edits, conflicts, state });
    onCart(cart);
    if (state === "waiting") later(0);
  }

  /** Takes over a cart that was read meanwhile. */
  function adopt(cart: Cart): void {
    if (batch || cart.etag === etag || revision(cart.etag) < revision(etag)) return;
    rebase(cart);
  }

  /** Ends the conflict of one cell with one of the two values. */
  function resolve(cell: Cell, choice: "mine" | "theirs"): void {
    const key = cellKey(cell);
    const edits = new Map(saving.edits);
    if (choice === "theirs") edits.delete(key);
    const conflicts = saving.conflicts.filter((conflict) => cellKey(conflict) !== key);
    keep(edits);
    tell({
      edits,
      conflicts,
      state: conflicts.length ? "conflict" : edits.size ? "waiting" : "saved",
    });
    if (!conflicts.length && edits.size) later(0);
  }

  /** Takes back everything that is not saved. */
  function discard(): void {
    clearTimeout(timer);
    batch = null;
    keep(new Map());
    tell({ edits: new Map(), conflicts: [], error: null, state: "saved" });
  }

  const left = storage.getItem(stored);
  if (left) {
    const edits = new Map(JSON.parse(left) as [string, number][]);
    saving = { ...saving, edits, state: "waiting" };
    later(0);
  }

  return {
    edit,
    flush,
    adopt,
    resolve,
    discard,
    snapshot: () => saving,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function quantities(cart: Cart): Map<string, number> {
  return new Map(cart.lines.map((line) => [cellKey(line), line.quantity]));
}

function changesOf(edits: ReadonlyMap<string, number>): LineChange[] {
  return [...edits].map(([key, quantity]) => ({ ...cellOf(key), quantity }));
}

/** ETags of carts are numbers that grow. */
function revision(etag: string): number {
  return Number(etag.replaceAll('"', ""));
}
