import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Order } from "@/features/orders/api/get-order";
import { useScopeKey } from "@/shared/scope";

const cancelOrder = (number: string, reason: string, key: string) =>
  request<Order>(`/v1/orders/${encodeURIComponent(number)}/cancel`, {
    method: "POST",
    body: { reason },
    idempotencyKey: key,
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
