import type { components } from "@/api/schema/orders";

type Order = components["schemas"]["OrderView"];
type Line = Order["lines"][number];

/** A line of the style 10123, 25.00 EUR a piece. */
export function lineOf(colour: string, size: string, quantity: number, position: number): Line {
  return {
    position,
    sku: `10123-${colour}-${size}`,
    style: "10123",
    style_name: "Tech Tee",
    colour,
    colour_name: colour === "010" ? "Black" : "Red",
    size,
    size_name: size,
    article: `10123${position}`,
    gtin: "",
    quantity,
    unit_price: { amount: 2500, currency: "EUR", per: 1 },
    list_price: null,
    discounts: [],
    amount: { amount: 2500 * quantity, currency: "EUR" },
    confirmed: [],
    rejected: false,
    rejection: null,
    shipped: 0,
    in_place_of: null,
    substitution: null,
    added_by_brand: false,
  };
}

/** A confirmed order that may be changed and cancelled. */
export function orderOf(lines: Line[], given: Partial<Order> = {}): Order {
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0);
  const net = { amount: 2500 * pieces, currency: "EUR" };
  return {
    number: "7K3Q9XZ4M2-001",
    group: "7K3Q9XZ4M2",
    po_number: "PO 4711",
    po_number_printed: "PO 4711",
    placed_at: "2026-11-22T12:00:00Z",
    placed_by: "Anna Läufer",
    placed_by_kind: "person",
    consent: null,
    door: {
      id: "200001",
      name: "Store",
      address: {
        street: "Laufweg 1",
        postal_code: "10115",
        city: "Berlin",
        region: "BE",
        country: "DE",
      },
      locality: "10115 Berlin",
      address_lines: ["Laufweg 1", "10115 Berlin"],
    },
    window: "AO",
    season: "FW26",
    at_once: true,
    ship_from: null,
    ship_to: null,
    requested_on: "2026-11-22",
    cancel_by: null,
    pieces,
    unit: "PCE",
    net,
    gross: net,
    status: "confirmed",
    sap_number: "16023",
    vat: {
      rule: "domestic",
      rate: 190,
      amount: { amount: 0, currency: "EUR" },
      category: "S",
      exemption: null,
      note: null,
    },
    handover: { state: "accepted", detail: "Taken." },
    version: 1,
    versions: [],
    change: null,
    may_change: { allowed: true, until: "2026-12-31", why_not: null },
    may_cancel: { allowed: true, until: null, why_not: null },
    cart: "cart-1",
    currency: "EUR",
    payment_terms: "ZN30",
    payment_terms_name: "30 days net",
    incoterms: "DAP",
    incoterms_place: "Berlin",
    lines,
    size_runs: {},
    history: [],
    shipments: [],
    invoices: [],
    returned: [],
    credit_memos: [],
    related: [],
    holds: [],
    brand_changed_at: null,
    vat_checks: [],
    vat_warning: null,
    proposal: null,
    ...given,
  };
}
