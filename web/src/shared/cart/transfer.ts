import { type Cell, cellKey, cellOf, type LineChange } from "@/shared/cart/types";
import { divider } from "@/shared/quantity/divide";
import { MOST } from "@/shared/quantity/pieces";

export type Way = "move" | "copy" | "split";

/** Where pieces go; null keeps the door or window that a line has. */
export interface Target {
  door: string | null;
  window: string | null;
  /** A whole number, the share of it where pieces are split. */
  weight: number;
}

export interface Transferring {
  lines: readonly LineChange[];
  way: Way;
  targets: readonly Target[];
  /** What a cell has now. */
  quantityOf: (cell: Cell) => number;
  /** Pieces of a whole pack. */
  multipleOf: (sku: string) => number;
  isOffered: (sku: string, window: string) => boolean;
}

export interface Transferred {
  changes: LineChange[];
  /** Pieces that move or are copied, by target; a line is not copied onto itself. */
  pieces: number[];
  /** Pieces of lines that stay, since no target offers them or takes so many. */
  staying: number;
}

/**
 * Moves, copies or splits lines. Pieces come on top of what is at the target already; moved
 * or split, not one is lost or made. A line goes only to targets that offer it.
 */
export function transfer(given: Transferring): Transferred {
  const { lines, way, targets, quantityOf, multipleOf, isOffered } = given;
  const result = new Map<string, number>();
  const at = (key: string) => result.get(key) ?? quantityOf(cellOf(key));
  const pieces = targets.map(() => 0);
  const divide = dividers(targets);
  let staying = 0;
  for (const line of lines) {
    const cells = targets.map((target) => cellAt(line, target));
    const takes = targets.map(
      ({ weight }, index) => weight > 0 && isOffered(line.sku, cells[index]!.window),
    );
    const parts =
      way === "split"
        ? divide(takes, line.quantity, multipleOf(line.sku))
        : takes.map((takesIt, index) =>
            takesIt && !(way === "copy" && isSame(line, cells[index]!)) ? line.quantity : 0,
          );
    const after = new Map<string, number>();
    const add = (cell: Cell, by: number) =>
      after.set(cellKey(cell), (after.get(cellKey(cell)) ?? at(cellKey(cell))) + by);
    cells.forEach((cell, index) => add(cell, parts[index]!));
    if (way !== "copy") add(line, -line.quantity);
    if (!takes.includes(true) || [...after.values()].some((quantity) => quantity > MOST)) {
      staying += line.quantity;
      continue;
    }
    for (const [key, quantity] of after) result.set(key, quantity);
    parts.forEach((part, index) => (pieces[index]! += part));
  }
  const changes = [...result]
    .map(([key, quantity]) => ({ ...cellOf(key), quantity }))
    .filter((change) => change.quantity !== quantityOf(change));
  return { changes, pieces, staying };
}

const isSame = (one: Cell, other: Cell) => cellKey(one) === cellKey(other);

const cellAt = ({ sku, door, window }: Cell, target: Target): Cell => ({
  sku,
  door: target.door ?? door,
  window: target.window ?? window,
});

/** One divider for all lines that the same targets take, so that rounding evens out. */
function dividers(targets: readonly Target[]) {
  const known = new Map<string, ReturnType<typeof divider>>();
  return (takes: boolean[], quantity: number, multiple: number): number[] => {
    if (!takes.includes(true)) return targets.map(() => 0);
    const key = takes.join();
    const divide =
      known.get(key) ?? divider(targets.map(({ weight }, index) => (takes[index] ? weight : 0)));
    known.set(key, divide);
    return divide(quantity, multiple);
  };
}
