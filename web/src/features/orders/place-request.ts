import type { components } from "@/api/schema/orders";
import { shownPrices } from "@/shared/cart/seen-prices";
import type { Cart } from "@/shared/cart/types";

type PlaceRequest = components["schemas"]["PlaceRequest"];

/** By door and window, as chosen; what is empty is left to the service. */
export type DateChoices = Record<string, { requested?: string; cancelBy?: string }>;

/** Places the cart exactly as it is shown: this version, these prices, these dates; a rep with consent. */
export function placeRequest(
  cart: Cart,
  po: string,
  dates: DateChoices,
  consent: PlaceRequest["consent"] = null,
): PlaceRequest {
  return {
    cart: { id: cart.id, revision: cart.revision },
    po_number: po,
    consent,
    deliveries: cart.deliveries.map(({ door, window }) => {
      const chosen = dates[`${door}\n${window}`];
      return {
        door,
        window,
        requested_on: chosen?.requested || null,
        cancel_by: chosen?.cancelBy || null,
      };
    }),
    prices: shownPrices(cart).map(({ style, sku, price }) => ({ style, sku, unit_price: price })),
  };
}
