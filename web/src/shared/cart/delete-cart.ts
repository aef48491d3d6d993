import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Cart } from "@/shared/cart/types";
import { useScopeKey } from "@/shared/scope";

/** Deletes the cart as it was seen; 412 where it was changed since. */
export const deleteCart = (cart: Cart, company?: string) =>
  request("delete", "/v1/carts/{cart_id}", {
    params: { path: { cart_id: cart.id }, header: { "X-Company": company, "If-Match": cart.etag } },
  });

export function useDeleteCart(cart: Cart) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: () => deleteCart(cart),
    onSuccess: () => client.invalidateQueries({ queryKey: [...scope, "carts"] }),
    onError: () => client.invalidateQueries({ queryKey: [...scope, "cart", cart.id] }),
  });
}
