import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/orders";
import { useScopeKey } from "@/shared/scope";

type ChangeRequest = components["schemas"]["ChangeRequest"];

const changeOrder = (number: string, body: ChangeRequest, key: string) =>
  request("post", "/v1/orders/{number}/change", {
    params: { path: { number }, header: { "Idempotency-Key": key } },
    body,
  });

/** Changes the pieces of an order's lines; a repetition with the same key changes no more. */
export function useChangeOrder(number: string) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (given: { body: ChangeRequest; key: string }) =>
      changeOrder(number, given.body, given.key),
    onSuccess: (order) => {
      client.setQueryData([...scope, "order", number], order);
      return Promise.all(
        ["orders", "approvals"].map((name) =>
          client.invalidateQueries({ queryKey: [...scope, name] }),
        ),
      );
    },
    // Somebody else changed it, or it can't be changed any more: what is shown is old.
    onError: () => client.invalidateQueries({ queryKey: [...scope, "order", number] }),
  });
}
