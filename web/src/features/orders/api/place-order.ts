import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/orders";
import { useScopeKey } from "@/shared/scope";

type PlaceRequest = components["schemas"]["PlaceRequest"];

const placeOrder = (body: PlaceRequest, key: string) =>
  request("post", "/v1/orders", { params: { header: { "Idempotency-Key": key } }, body });

/** Places a cart; a repetition with the same key answers what the first one placed. */
export function usePlaceOrder() {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (given: { body: PlaceRequest; key: string }) => placeOrder(given.body, given.key),
    // Not waited for: the cart, once read again, is ordered, and what waits for the answer gone.
    onSuccess: () => void client.invalidateQueries({ queryKey: scope }),
  });
}
