/** Takes back what an action did to other carts; answers in words why it can't be, else null. */
export type Elsewhere = () => Promise<string | null>;

/** Cells before and after one action of the person. */
interface Action {
  /** What was done, in words; null for a cell that was typed in. */
  label: string | null;
  cells: Map<string, { before: number; after: number }>;
  elsewhere: Elsewhere | null;
}

/** How many actions can be undone. */
const KEPT = 100;

/** What a person did to the cells, the latest last. */
export function createHistory() {
  const actions: Action[] = [];

  /** Notes an action; typing on in the same cell is one. */
  function note(
    cells: Action["cells"],
    label: string | null = null,
    elsewhere: Elsewhere | null = null,
  ): void {
    const last = actions.at(-1);
    const [key] = cells.keys();
    const typedOn = key !== undefined && cells.size === 1 && last?.cells.size === 1;
    const earlier = typedOn && !label && !last.label && last.cells.get(key);
    if (earlier) {
      earlier.after = cells.get(key)!.after;
      return;
    }
    actions.push({ label, cells, elsewhere });
    if (actions.length > KEPT) actions.shift();
  }

  /** Takes an action back: the cells that still are as it left them, as they were. */
  function undo(action: Action, quantityOf: (key: string) => number): Map<string, number> {
    actions.splice(actions.indexOf(action), 1);
    return new Map(
      [...action.cells].flatMap(([key, { before, after }]) =>
        quantityOf(key) === after ? [[key, before] as const] : [],
      ),
    );
  }

  return {
    note,
    undo,
    /** The last action; undefined where nothing can be undone. */
    last: () => actions.at(-1),
    size: () => actions.length,
  };
}
