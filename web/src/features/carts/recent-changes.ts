import type { Cart, CartLine } from "@/shared/cart/types";
import { type Unit, unitOf } from "@/shared/quantity/counted";

export interface RecentChange {
  key: string;
  by: string;
  by_kind?: CartLine["changed"]["by_kind"];
  at: string;
  /** Colourways that were changed then, with the sizes' quantities as they are now. */
  colourways: ChangedColourway[];
  pieces: number;
  unit: Unit;
}

interface ChangedColourway {
  key: string;
  name: string;
  door: string;
  window: string;
  sizes: { size: string; quantity: number }[];
}

/** The latest changes of the lines that a cart has: what one person changed at one time. */
export function recentChanges(cart: Cart, most: number): RecentChange[] {
  const groups = new Map<string, CartLine[]>();
  for (const line of cart.lines) {
    const key = `${line.changed.at} ${line.changed.by}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups]
    .sort(([a], [b]) => b.localeCompare(a))
    .slice(0, most)
    .map(([key, lines]) => ({
      key,
      ...lines[0]!.changed,
      colourways: byColourway(lines),
      pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
      unit: unitOf(cart, lines),
    }));
}

function byColourway(lines: CartLine[]): ChangedColourway[] {
  const found = new Map<string, ChangedColourway>();
  for (const line of lines) {
    const key = `${line.style}-${line.colour} ${line.door} ${line.window}`;
    const colourway = found.get(key) ?? {
      key,
      name: `${line.style_name}, ${line.colour_name}`,
      door: line.door,
      window: line.window,
      sizes: [],
    };
    colourway.sizes.push({ size: line.size_name, quantity: line.quantity });
    found.set(key, colourway);
  }
  return [...found.values()];
}
