import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Cart } from "@/shared/cart/types";
import { useScopeKey } from "@/shared/scope";

const renameCart = (cart: Cart, name: string) =>
  request("patch", "/v1/carts/{cart_id}", {
    params: { path: { cart_id: cart.id }, header: { "If-Match": cart.etag } },
    body: { name },
  });

export function useRenameCart(cart: Cart) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (name: string) => renameCart(cart, name),
    onSuccess: (renamed) => {
      client.setQueryData([...scope, "cart", cart.id], renamed);
      return client.invalidateQueries({ queryKey: [...scope, "carts"] });
    },
    // Somebody else was first: their cart is shown, the name can be given again.
    onError: () => client.invalidateQueries({ queryKey: [...scope, "cart", cart.id] }),
  });
}
