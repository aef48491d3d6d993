import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { useScopeKey } from "@/shared/scope";

const cancelOrder = (number: string, reason: string, key: string) =>
  request("post", "/v1/orders/{number}/cancel", {
    params: { path: { number }, header: { "Idempotency-Key": key } },
    body: { reason },
  });

export function useCancelOrder(number: string) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (given: { reason: string; key: string }) =>
      cancelOrder(number, given.reason, given.key),
    onSuccess: (order) => {
      client.setQueryData([...scope, "order", number], order);
      return client.invalidateQueries({ queryKey: [...scope, "orders"] });
    },
  });
}
