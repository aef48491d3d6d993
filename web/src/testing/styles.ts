import type { components } from "@/api/schema/catalog";

type Style = components["schemas"]["StyleDetail"];
type Window = components["schemas"]["Window"];

const price = (amount: number) => ({ amount, currency: "EUR", per: 1 });

export const AT_ONCE: Window = {
  id: "AO",
  kind: "at_once",
  season: "FW26",
  ship_from: "2026-11-22",
  ship_to: "2027-03-22",
  opens: "2026-09-23",
  cut_off: "2027-03-22",
  open: true,
};

export const PRE_BOOK: Window = { ...AT_ONCE, id: "SS27-1", kind: "pre_book", season: "SS27" };

/** A style in these colours and sizes, ten of each in stock. */
export function styleOf(colours: string[], sizes: string[]): Style {
  return {
    style: "10001",
    name: "Tech Tee",
    description: "",
    brand: "ALTO",
    category: "TEE",
    category_name: "T-shirts",
    gender: "unisex",
    unit: "PCE",
    new: false,
    launched: "2026-01-01",
    price: {
      unit: price(2000),
      list_price: null,
      source: "price_list",
      tiers: [
        { quantity: 10, price: price(1800), list_price: null },
        { quantity: 50, price: price(1500), list_price: null },
      ],
    },
    rrp: price(4995),
    packs: { multiple: 1, minimum: 0, prepacks: [] },
    colourways: colours.map((name, index) => ({
      id: `10001-0${index}`,
      code: `0${index}`,
      name,
      family: "BLACK",
      hex: "1E1F22",
      picture: "/media/x.svg",
      seasons: ["FW26"],
      windows: [AT_ONCE, PRE_BOOK],
      sizes: sizes.map((size) => ({
        sku: `10001-0${index}-${size}`,
        gtin: "9521000100015",
        size,
        size_name: size,
        price: null,
        rrp: null,
        availability: { level: "good", quantity: 10, capped: false },
        later: [{ on: "2026-12-14", availability: { level: "good", quantity: 40, capped: false } }],
      })),
    })),
  };
}
