/** Cells before and after one action of the person. */
interface Action {
  /** What was done, in words; null for a cell that was typed in. */
  label: string | null;
  cells: Map<string, { before: number; after: number }>;
}

/** How many actions can be undone. */
const KEPT = 100;

/** What a person did to the cells, the latest last. */
export function createHistory() {
  const actions: Action[] = [];

  /** Notes an action; typing on in the same cell is one. */
  function note(cells: Action["cells"], label: string | null): void {
    const last = actions.at(-1);
    const [key] = cells.keys();
    const typedOn = key !== undefined && cells.size === 1 && last?.cells.size === 1;
    const earlier = typedOn && !label && !last.label && last.cells.get(key);
    if (earlier) {
      earlier.after = cells.get(key)!.after;
      return;
    }
    actions.push({ label, cells });
    if (actions.length > KEPT) actions.shift();
  }

  /** Takes the last action back: the cells that still are as it left them, as they were. */
  function undo(quantityOf: (key: string) => number): Map<string, number> {
    const cells = actions.pop()?.cells ?? new Map<string, { before: number; after: number }>();
    return new Map(
      [...cells].flatMap(([key, { before, after }]) =>
        quantityOf(key) === after ? [[key, before] as const] : [],
      ),
    );
  }

  return {
    note,
    undo,
    /** The label of the last action; undefined where nothing can be undone. */
    last: () => actions.at(-1)?.label,
    size: () => actions.length,
  };
}
