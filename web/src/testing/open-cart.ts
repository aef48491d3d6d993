import { createAutosave } from "@/shared/cart/autosave";
import type { Cart } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";

/** A cart that is filled but never saved. */
export function openCart(cart: Cart): OpenCart {
  const never = new Promise<Cart>(() => undefined);
  const transport = { load: () => never, save: () => never };
  const autosave = createAutosave(
    cart,
    transport,
    localStorage,
    "sellin.edits.test",
    () => undefined,
  );
  return { cart, autosave };
}
