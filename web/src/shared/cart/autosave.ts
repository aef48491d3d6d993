import { isPassing, Problem } from "@/api/problem";
import { createHistory, type Elsewhere } from "@/shared/cart/history";
import { type Kept, keptEdits, type Storing } from "@/shared/cart/kept-edits";
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

/** A cell that was changed elsewhere since it was read, and here too. */
export interface CellConflict extends Cell {
  mine: number;
  theirs: number;
  /** Who changed it, by name and by id; null where the line is gone. */
  by: string | null;
  uid: string | null;
}

export interface Saving {
  state: SaveState;
  /** What was entered and is not saved yet, by cell key. */
  edits: ReadonlyMap<string, number>;
  conflicts: CellConflict[];
  /** Why the service refuses an entry. */
  error: unknown;
  /** The entries that it names; empty where it refuses all of them. */
  refused: Cell[];
  savedAt: Date | null;
  /** How many actions can be undone, and what the last one was, in words. */
  undoable: number;
  done: string | null;
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
 * Entries are kept in `storage` under `name` until they are saved. A request whose answer did
 * not come is repeated as it was, by its key, before anything newer is sent. `onCart` gets
 * every newer cart.
 */
export function createAutosave(
  start: Cart,
  transport: Transport,
  storage: Storing,
  name: string,
  onCart: (cart: Cart) => void,
) {
  const kept = keptEdits(storage, name);
  const history = createHistory();
  let etag = start.etag;
  let base = quantities(start);
  let batch: Batch | null = null;
  let retryIn = FIRST_RETRY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let isUndoing = false;
  let saving: Saving = {
    state: "saved",
    edits: new Map(),
    conflicts: [],
    error: null,
    refused: [],
    savedAt: null,
    undoable: 0,
    done: null,
  };
  const listeners = new Set<() => void>();

  function tell(change: Partial<Saving>): void {
    saving = { ...saving, ...change };
    for (const listener of listeners) listener();
  }

  const quantityAt = (key: string) => saving.edits.get(key) ?? base.get(key) ?? 0;

  function keep(edits: ReadonlyMap<string, number>, conflicts: CellConflict[]): void {
    const sent = new Map(batch?.lines.map((line) => [cellKey(line), line.quantity]));
    const undecided = new Set(conflicts.map(cellKey));
    const entries = [...edits].map(([key, mine]): [string, Kept] => {
      const on = sent.get(key);
      const entry = { mine, was: undecided.has(key) ? null : (base.get(key) ?? 0) };
      return [key, on === undefined || on === mine ? entry : { ...entry, sent: on }];
    });
    kept.write(new Map(entries));
  }

  function later(delay: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void flush(), delay);
  }

  /** Enters quantities; `label` tells in words what more than typing was done, here or `elsewhere`. */
  function edit(
    changes: LineChange[],
    label: string | null = null,
    elsewhere: Elsewhere | null = null,
  ): void {
    const cells = new Map(
      changes.map((change) => {
        const key = cellKey(change);
        return [key, { before: quantityAt(key), after: change.quantity }];
      }),
    );
    for (const [key, { before, after }] of cells) if (before === after) cells.delete(key);
    if (cells.size) history.note(cells, label, elsewhere);
    enter(new Map([...cells].map(([key, { after }]) => [key, after])));
  }

  /** Takes back the last action: nothing of it where what it did elsewhere has to stay. */
  async function undo(): Promise<void> {
    const action = history.last();
    if (!action || isUndoing) return;
    if (action.elsewhere) {
      isUndoing = true;
      const why = await action.elsewhere();
      isUndoing = false;
      if (why) {
        tell({ done: why });
        return;
      }
    }
    enter(history.undo(action, quantityAt));
  }

  function enter(changes: ReadonlyMap<string, number>): void {
    const edits = new Map(saving.edits);
    for (const [key, quantity] of changes) {
      if (quantity === (base.get(key) ?? 0) && !batch) edits.delete(key);
      else edits.set(key, quantity);
    }
    const conflicts = saving.conflicts.filter((conflict) => edits.has(cellKey(conflict)));
    keep(edits, conflicts);
    const state = stateOf(edits, conflicts);
    tell({ edits, conflicts, error: null, refused: [], state, ...undone() });
    if (edits.size && !conflicts.length && !batch) later(DEBOUNCE);
  }

  const undone = () => ({ undoable: history.size(), done: history.last()?.label ?? null });

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
    const { etag: from, lines, key } = batch;
    tell({ state: "saving" });
    try {
      const cart = await transport.save(from, lines, key);
      if (!stopped) settle(cart, lines);
    } catch (error) {
      if (!stopped) await failed(error);
    }
  }

  function settle(cart: Cart, sent: LineChange[]): void {
    const edits = new Map(saving.edits);
    for (const line of sent) {
      if (edits.get(cellKey(line)) === line.quantity) edits.delete(cellKey(line));
      base.set(cellKey(line), line.quantity);
    }
    batch = null;
    retryIn = FIRST_RETRY;
    saving = { ...saving, edits, savedAt: new Date() };
    rebase(cart, DEBOUNCE);
  }

  async function failed(error: unknown): Promise<void> {
    if (error instanceof Problem && error.status === 412) {
      try {
        const cart = await transport.load();
        batch = null;
        if (!stopped) rebase(cart, 0);
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
      const refused = batch ? faulty(error, batch.lines) : [];
      batch = null;
      tell({ state: "refused", error, refused });
    }
  }

  /** Goes on from a newer cart; what both changed is left to the person. */
  function rebase(cart: Cart, delay: number): void {
    const current = quantities(cart);
    const edits = new Map(saving.edits);
    const both: string[] = [];
    for (const [key, mine] of saving.edits) {
      const theirs = current.get(key) ?? 0;
      if (theirs === mine) edits.delete(key);
      else if (theirs !== (base.get(key) ?? 0)) both.push(key);
    }
    base = current;
    go(cart, edits, both, delay);
    onCart(cart);
  }

  function go(cart: Cart, edits: Map<string, number>, both: string[], delay: number): void {
    etag = cart.etag;
    const lines = new Map(both.length ? cart.lines.map((line) => [cellKey(line), line]) : []);
    const conflicts = both.map((key) => ({
      ...cellOf(key),
      mine: edits.get(key) ?? 0,
      theirs: base.get(key) ?? 0,
      by: lines.get(key)?.changed.by ?? null,
      uid: lines.get(key)?.changed.uid ?? null,
    }));
    keep(edits, conflicts);
    const state = conflicts.length ? "conflict" : edits.size ? "waiting" : "saved";
    tell({ edits, conflicts, state, error: null, refused: [] });
    if (state === "waiting") later(delay);
  }

  /** Takes over a cart that was read meanwhile. */
  function adopt(cart: Cart): void {
    if (batch || cart.etag === etag || revision(cart.etag) < revision(etag)) return;
    rebase(cart, 0);
  }

  /** Ends the conflicts of `cells` with one of the two values. */
  function resolve(cells: Cell[], choice: "mine" | "theirs"): void {
    const keys = new Set(cells.map(cellKey));
    const edits = new Map(saving.edits);
    if (choice === "theirs") for (const key of keys) edits.delete(key);
    const conflicts = saving.conflicts.filter((conflict) => !keys.has(cellKey(conflict)));
    keep(edits, conflicts);
    const state = conflicts.length ? "conflict" : edits.size ? "waiting" : "saved";
    tell({ edits, conflicts, state });
    if (!conflicts.length && edits.size) later(0);
  }

  /** Takes back what was refused: the entries that the service names, else all. */
  function discard(): void {
    clearTimeout(timer);
    batch = null;
    const edits = new Map(saving.refused.length ? saving.edits : []);
    for (const cell of saving.refused) edits.delete(cellKey(cell));
    keep(edits, []);
    const state = edits.size ? "waiting" : "saved";
    tell({ edits, conflicts: [], error: null, refused: [], state });
    if (edits.size) later(0);
  }

  /** Ends it; what is not saved stays kept. */
  function stop(): void {
    stopped = true;
    clearTimeout(timer);
  }

  /** Goes on with what was left here, as far as nobody else has changed it since. */
  function resume(): void {
    const edits = new Map<string, number>();
    const both: string[] = [];
    for (const [key, { mine, was, sent }] of kept.takeOver()) {
      const now = base.get(key) ?? 0;
      if (now === mine) continue;
      edits.set(key, mine);
      if (now !== was && now !== sent) both.push(key);
    }
    if (edits.size) go(start, edits, both, 0);
    else keep(edits, []);
  }

  resume();

  return {
    edit,
    undo,
    flush,
    adopt,
    resolve,
    discard,
    stop,
    quantityOf: (cell: Cell) => quantityAt(cellKey(cell)),
    /** All cells, as they were entered, else as the cart has them. */
    quantities: (): ReadonlyMap<string, number> => new Map([...base, ...saving.edits]),
    snapshot: () => saving,
    subscribe: (listener: () => void) => {
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

/** The entries that a refusal points to. */
function faulty(error: unknown, lines: LineChange[]): Cell[] {
  if (!(error instanceof Problem)) return [];
  const indices = error.faults.map((fault) => /^\/lines\/(\d+)/.exec(fault.pointer)?.[1]);
  return [...new Set(indices)].flatMap((index) => lines[Number(index)] ?? []);
}

/** ETags of carts are numbers that grow. */
function revision(etag: string): number {
  return Number(etag.replaceAll('"', ""));
}
