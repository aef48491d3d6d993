import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Cart } from "@/shared/cart/types";
import { useScopeKey } from "@/shared/scope";

const handOver = (cart: Cart) =>
  request("post", "/v1/carts/{cart_id}/hand-over", {
    params: { path: { cart_id: cart.id }, header: { "If-Match": cart.etag } },
  });

/** Gives the cart that a rep prepared to the company's people. */
export function useHandOverCart(cart: Cart) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: () => handOver(cart),
    onSuccess: (given) => {
      client.setQueryData([...scope, "cart", cart.id], given);
      return client.invalidateQueries({ queryKey: [...scope, "carts"] });
    },
    onError: () => client.invalidateQueries({ queryKey: [...scope, "cart", cart.id] }),
  });
}
