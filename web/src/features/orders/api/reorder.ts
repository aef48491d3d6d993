import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Order } from "@/features/orders/api/get-order";
import { changeLines } from "@/shared/cart/change-lines";
import { chooseCart } from "@/shared/cart/choice";
import { createCart } from "@/shared/cart/create-cart";
import { useScopeKey } from "@/shared/scope";

/** A new cart with the lines of an order; what is refused of them is left to the caller. */
async function reorder(company: string, order: Order, name: string, key: string) {
  const cart = await createCart(company, name, key);
  const wanted = order.lines.filter((line) => line.quantity > 0);
  const lines = wanted.map((line) => ({
    sku: line.sku,
    door: order.door.id,
    window: order.window,
    quantity: line.quantity,
  }));
  return changeLines(cart.id, cart.etag, lines, `${key}-lines`);
}

export function useReorder(order: Order) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (given: { name: string; key: string }) =>
      reorder(scope[0], order, given.name, given.key),
    onSuccess: (cart) => {
      client.setQueryData([...scope, "cart", cart.id], cart);
      chooseCart(scope[0], cart.id);
      return client.invalidateQueries({ queryKey: [...scope, "carts"] });
    },
  });
}
