import type { components } from "@/api/schema/catalog";
import { AT_ONCE, PRE_BOOK } from "@/testing/styles";

type Item = components["schemas"]["StyleItem"];
type Page = components["schemas"]["StylesPage"];

const euros = (amount: number) => ({ amount, currency: "EUR" });
const inStock = { level: "good", quantity: 12, capped: false } as const;

/** A new style in two colours, in stock and to be pre-booked. */
export function itemOf(style: string, changed: Partial<Item> = {}): Item {
  const windows = [AT_ONCE.id, PRE_BOOK.id];
  return {
    style,
    name: `Style ${style}`,
    brand: "ALTO",
    category: "SHOES",
    category_name: "Shoes",
    gender: "unisex",
    new: true,
    price: {
      from: euros(2100),
      to: euros(2500),
      tiers: true,
      list_price: null,
      sizes: null,
    },
    rrp: { ...euros(4995), per: 1 },
    availability: inStock,
    windows,
    colourways: ["Black", "Blue"].map((name, index) => ({
      id: `${style}-0${index}`,
      code: `0${index}`,
      name,
      family: name.toUpperCase(),
      hex: "1E1F22",
      picture: "/media/x.svg",
      availability: inStock,
      windows,
    })),
    ...changed,
  };
}

/** The only page of these styles. */
export function catalogOf(items: Item[]): Page {
  const later = { ...PRE_BOOK, id: "SS27-2", ship_from: "2027-03-01", ship_to: "2027-04-15" };
  const first = { ...PRE_BOOK, ship_from: "2027-01-15", ship_to: "2027-02-28" };
  return {
    items,
    total: items.length,
    currency: "EUR",
    windows: [AT_ONCE, first, later],
    facets: {
      season: [{ value: "SS27", label: "SS27", count: 5 }],
      delivery: [{ value: "AO", label: "AO", count: 4 }],
      category: [{ value: "SHOES", label: "Shoes", count: 7 }],
      gender: [],
      colour: [{ value: "BLACK", label: "Black", count: 3 }],
      size: [],
      price: null,
      at_once: 4,
      pre_book: 5,
    },
    next: null,
  };
}
