import type { Cart, LineChange } from "@/shared/cart/types";

const money = { amount: 0, currency: "EUR" };
const changed = { by: "Anna Vogel", at: "2026-11-22T10:00:00Z" };

/** A cart at `revision` with these quantities; what tests don't look at is empty. */
export function cartOf(revision: number, lines: LineChange[] = [], by = "Anna Vogel"): Cart {
  return {
    id: "c1",
    name: "Spring",
    state: "open",
    order_group: null,
    etag: `"${revision}"`,
    revision,
    created: changed,
    changed,
    lines: lines.map((line) => ({
      ...line,
      style: line.sku.split("-")[0]!,
      style_name: "Tech Tee",
      colour: "010",
      colour_name: "Black",
      size: "M",
      size_name: "M",
      gtin: null,
      unit_price: { ...money, per: 1 },
      price_source: "price_list",
      amount: money,
      rrp: null,
      available: null,
      changed: { ...changed, by },
    })),
    styles: [],
    deliveries: [],
    totals: { lines: lines.length, pieces: 0, net: money, vat: money, gross: money },
    credit_left: null,
    checks: [],
    placeable: true,
  };
}
