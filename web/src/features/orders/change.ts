import type { Problem } from "@/api/problem";
import type { Order } from "@/features/orders/api/get-order";
import type { Money } from "@/i18n/format";

export type Line = Order["lines"][number];

/** A colourway's lines, one for each size of its style's columns (null: not ordered). */
export interface Row {
  key: string;
  name: string;
  lines: (Line | null)[];
}

/** The lines of one style, colourways by sizes. */
export interface StyleLines {
  style: string;
  name: string;
  sizes: { key: string; name: string }[];
  rows: Row[];
}

/** What a line cannot take: removed for good, or rejected by SAP. */
export const isEnded = (line: Line) => line.rejected || line.quantity === 0;

/** The order's lines by style, colourway and size; sizes stay in wearing order. */
export function styleLines(order: Order): StyleLines[] {
  const styles = new Map<string, Map<string, Line[]>>();
  for (const line of order.lines) {
    const colours = styles.get(line.style) ?? new Map<string, Line[]>();
    styles.set(line.style, colours);
    colours.set(line.colour, [...(colours.get(line.colour) ?? []), line]);
  }
  return [...styles].map(([style, colours]) => {
    const rows = [...colours.values()];
    const run = order.size_runs[style] ?? [];
    const sizes = inOrder(rows).sort((a, b) => run.indexOf(a.key) - run.indexOf(b.key));
    return {
      style,
      name: rows[0]![0]!.style_name,
      sizes,
      rows: rows.map((lines) => ({
        key: lines[0]!.colour,
        name: lines[0]!.colour_name,
        lines: sizes.map((size) => lines.find((line) => line.size === size.key) ?? null),
      })),
    };
  });
}

/** The sizes of all rows; one that the rows before lack comes before what follows it in its own. */
function inOrder(rows: Line[][]): { key: string; name: string }[] {
  const sizes: { key: string; name: string }[] = [];
  const placeOf = (size: string) => sizes.findIndex(({ key }) => key === size);
  for (const lines of rows) {
    lines.forEach(({ size, size_name: name }, index) => {
      if (placeOf(size) >= 0) return;
      const next = lines.slice(index + 1).find((line) => placeOf(line.size) >= 0);
      sizes.splice(next ? placeOf(next.size) : sizes.length, 0, { key: size, name });
    });
  }
  return sizes;
}

/** Pieces by SKU, as they shall be. */
export type Wanted = ReadonlyMap<string, number>;

/** The lines that shall get other pieces. */
export const changedLines = (order: Order, wanted: Wanted) =>
  order.lines
    .map((line) => ({ sku: line.sku, quantity: wanted.get(line.sku) ?? line.quantity }))
    .filter(({ quantity }, index) => quantity !== order.lines[index]!.quantity);

/** Pieces and net value as they would be; prices stay as they were when it was placed. */
export function totals(order: Order, wanted: Wanted): { pieces: number; net: Money } {
  let pieces = 0;
  let amount = 0;
  for (const line of order.lines) {
    const quantity = wanted.get(line.sku) ?? line.quantity;
    pieces += quantity;
    const { amount: price, per } = line.unit_price;
    amount += Math.floor((2 * price * quantity + per) / (2 * per));
  }
  return { pieces, net: { amount, currency: order.currency } };
}

interface Check {
  code: string;
  severity: "error" | "warning";
  pointer: string;
  detail: string;
  data: Record<string, unknown>;
}

/** What keeps a change from being made: by SKU, and what is about more than one line. */
export function faultsOf(problem: Problem, sent: readonly { sku: string }[]) {
  const checks = problem.code === "not_changeable" ? (problem.extra.checks as Check[]) : [];
  const bySku = new Map<string, string>();
  const general: string[] = [];
  for (const check of checks.filter(({ severity }) => severity === "error")) {
    const place = /^\/lines\/(\d+)\//.exec(check.pointer);
    const sku = place && sent[Number(place[1])]?.sku;
    if (!sku) general.push(check.detail);
    else bySku.set(sku, [bySku.get(sku), check.detail].filter(Boolean).join(" "));
  }
  return { bySku, general };
}
