import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Cart } from "@/shared/cart/types";
import { useScopeKey } from "@/shared/scope";

const deleteCart = (cart: Cart) =>
  request<void>(`/v1/carts/${encodeURIComponent(cart.id)}`, {
    method: "DELETE",
    ifMatch: cart.etag,
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
