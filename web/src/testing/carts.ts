import type { Cart, LineChange } from "@/shared/cart/types";

const money = { amount: 0, currency: "EUR" };
const changed = {
  by: "Anna Vogel",
  by_kind: "person" as const,
  uid: "anna",
  at: "2026-11-22T10:00:00Z",
};

/** A cart at `revision` with these quantities; what tests don't look at is empty. */
export function cartOf(revision: number, lines: LineChange[] = [], by = "Anna Vogel"): Cart {
  return {
    id: "c1",
    name: "Spring",
    state: "open",
    order_group: null,
    approval: [],
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
      list_price: null,
      price_source: "price_list",
      amount: money,
      rrp: null,
      available: null,
      changed: { ...changed, by, uid: by === "Anna Vogel" ? "anna" : by.toLowerCase() },
    })),
    styles: [],
    deliveries: [],
    totals: { lines: lines.length, pieces: 0, unit: "PCE", net: money, vat: money, gross: money },
    credit_left: null,
    checks: [],
    placeable: true,
    prepared_by: null,
    handed_over: null,
    may_change: true,
    not_changed_because: null,
    may_hand_over: false,
  };
}

/** A delivery in a window that is open for long. */
export function deliveryOf(door: string, window: string): Cart["deliveries"][number] {
  return {
    door,
    door_name: `Door ${door}`,
    window,
    kind: window === "AO" ? "at_once" : "pre_book",
    ship_from: "2026-11-22",
    ship_to: "2027-03-22",
    cut_off: "2027-03-22",
    pieces: 1,
    unit: "PCE",
    net: money,
    vat: { rule: "domestic", rate: 190, amount: money, category: "S", exemption: null, note: null },
    gross: money,
    minimum: money,
    missing: money,
  };
}

/** A cart with the deliveries and the style that its lines make. */
export function placedCart(lines: LineChange[]): Cart {
  const cart = cartOf(7, lines);
  const price = { amount: 1990, currency: "EUR", per: 1 };
  for (const line of cart.lines) line.unit_price = price;
  const byDelivery = new Map(lines.map((line) => [`${line.door} ${line.window}`, line]));
  cart.deliveries = [...byDelivery.values()].map(({ door, window }) => deliveryOf(door, window));
  cart.styles = [
    {
      style: "10001",
      name: "Tech Tee",
      unit: "PCE",
      pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
      minimum: 0,
      multiple: 1,
      price_source: "price_list",
      unit_price: price,
      list_price: null,
      tier: null,
      next_tier: null,
    },
  ];
  return cart;
}

/** That of line `line` only `left` pieces are there. */
export function shortageOf(
  line: number,
  left: number,
  later: { on: string; quantity: number }[] = [],
): Cart["checks"][number] {
  return {
    code: "shortage",
    severity: "error",
    pointer: `/lines/${line}/quantity`,
    detail: `Only ${left} left.`,
    data: { left, on: "2026-11-22", later },
  };
}
