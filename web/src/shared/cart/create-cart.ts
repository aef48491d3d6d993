import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { chooseCart } from "@/shared/cart/choice";
import type { Cart } from "@/shared/cart/types";
import { useScopeKey } from "@/shared/scope";

/** A cart of this name: an empty one, or a copy of the cart `copyOf`. */
export const createCart = (name: string, key: string, copyOf?: string) =>
  request<Cart>(copyOf ? `/v1/carts/${encodeURIComponent(copyOf)}/copy` : "/v1/carts", {
    method: "POST",
    body: { name },
    idempotencyKey: key,
  });

/** Creates a cart and goes on with it. */
export function useCreateCart() {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (given: { name: string; key: string; copyOf?: string }) =>
      createCart(given.name, given.key, given.copyOf),
    onSuccess: (cart) => {
      client.setQueryData([...scope, "cart", cart.id], cart);
      chooseCart(scope[0], cart.id);
      return client.invalidateQueries({ queryKey: [...scope, "carts"] });
    },
  });
}
