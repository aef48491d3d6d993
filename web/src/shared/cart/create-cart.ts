import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { chooseCart } from "@/shared/cart/choice";
import { useScopeKey } from "@/shared/scope";

/** A cart of the company with this name: an empty one, or a copy of the cart `copyOf`. */
export function createCart(company: string, name: string, key: string, copyOf?: string) {
  const header = { "Idempotency-Key": key, "X-Company": company };
  const body = { name };
  if (!copyOf) return request("post", "/v1/carts", { params: { header }, body });
  const path = { cart_id: copyOf };
  return request("post", "/v1/carts/{cart_id}/copy", { params: { path, header }, body });
}

/** Creates a cart and goes on with it. */
export function useCreateCart() {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (given: { name: string; key: string; copyOf?: string }) =>
      createCart(scope[0], given.name, given.key, given.copyOf),
    onSuccess: (cart) => {
      client.setQueryData([...scope, "cart", cart.id], cart);
      chooseCart(scope[0], cart.id);
      return client.invalidateQueries({ queryKey: [...scope, "carts"] });
    },
  });
}
