import {
  byShipDate,
  type Cart,
  type CartLine,
  cellKey,
  cellOf,
  type Check,
  deliveryKey,
} from "@/shared/cart/types";
import { partsOf } from "@/shared/sku";

/** What was entered just now and is not saved yet. */
export interface EnteredLine extends Pick<
  CartLine,
  | "sku"
  | "door"
  | "window"
  | "style"
  | "style_name"
  | "colour"
  | "colour_name"
  | "size"
  | "size_name"
> {
  entered: true;
}

export type ShownLine = CartLine | EnteredLine;

/** The line where the cart has it. */
export const savedLine = (line: ShownLine): CartLine | null => ("entered" in line ? null : line);

export interface DeliveryRow {
  kind: "delivery";
  key: string;
  door: string;
  window: string;
  /** Null where nothing of it is saved yet. */
  delivery: Cart["deliveries"][number] | null;
}

export interface ColourwayRow {
  kind: "colourway";
  key: string;
  door: string;
  window: string;
  lines: ShownLine[];
}

export type CartRow = DeliveryRow | ColourwayRow;

/**
 * The rows of a cart: each door and delivery window, followed by its colourways. `entered` are
 * cells that the cart does not have yet.
 */
export function rowsOf(cart: Cart, entered: readonly string[]): CartRow[] {
  let lines: ShownLine[] = cart.lines;
  if (entered.length) {
    const known = new Map(cart.lines.map((line) => [line.sku, line]));
    lines = [...lines, ...entered.map((key) => enteredLine(key, known))];
    lines.sort((a, b) => a.style.localeCompare(b.style) || a.colour.localeCompare(b.colour));
  }
  const byDelivery = new Map<string, Map<string, ColourwayRow>>();
  for (const line of lines) {
    const delivery = deliveryKey(line);
    const colourways = byDelivery.get(delivery) ?? new Map<string, ColourwayRow>();
    byDelivery.set(delivery, colourways);
    const colourway = `${line.style}-${line.colour}`;
    const row = colourways.get(colourway);
    if (row) row.lines.push(line);
    else {
      const key = `${delivery}\n${colourway}`;
      const { door, window } = line;
      colourways.set(colourway, { kind: "colourway", key, door, window, lines: [line] });
    }
  }
  const sorted = [...cart.deliveries].sort(byShipDate);
  const deliveries = new Map(sorted.map((each) => [deliveryKey(each), each]));
  const order = [...new Set([...deliveries.keys(), ...byDelivery.keys()])];
  return order.flatMap((key) => {
    const [door = "", window = ""] = key.split("\n");
    const delivery = deliveries.get(key) ?? null;
    return [
      { kind: "delivery" as const, key, door, window, delivery },
      ...(byDelivery.get(key)?.values() ?? []),
    ];
  });
}

function enteredLine(key: string, known: Map<string, CartLine>): EnteredLine {
  const cell = cellOf(key);
  const { style, colour, size } = partsOf(cell.sku);
  const alike = known.get(cell.sku);
  return {
    ...cell,
    style,
    colour,
    size,
    style_name: alike?.style_name ?? style,
    colour_name: alike?.colour_name ?? colour,
    size_name: alike?.size_name ?? size,
    entered: true,
  };
}

/** What is wrong with lines, by cell. */
export function checksByLine(cart: Cart): Map<string, Check[]> {
  const found = new Map<string, Check[]>();
  for (const check of cart.checks) {
    const index = /^\/lines\/(\d+)/.exec(check.pointer)?.[1];
    const line = index === undefined ? undefined : cart.lines[Number(index)];
    if (!line) continue;
    const key = cellKey(line);
    const checks = found.get(key);
    if (checks) checks.push(check);
    else found.set(key, [check]);
  }
  return found;
}
