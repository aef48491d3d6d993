import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/orders";
import { isFound, lookUp } from "@/shared/cart/look-up";
import { useScopeKey } from "@/shared/scope";

type Answer = components["schemas"]["SubstitutionRequest"];

const answerSubstitution = (number: string, body: Answer, key: string) =>
  request("post", "/v1/orders/{number}/substitutions", {
    params: { path: { number }, header: { "Idempotency-Key": key } },
    body,
  });

/** Accepts or refuses another article than was ordered; the same once more changes no more. */
export function useAnswerSubstitution(number: string) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (given: { body: Answer; key: string }) =>
      answerSubstitution(number, given.body, given.key),
    onSuccess: (order) => {
      client.setQueryData([...scope, "order", number], order);
      return client.invalidateQueries({ queryKey: [...scope, "orders"] });
    },
    // A colleague answered, or it is being delivered: what is shown is old.
    onError: () => client.invalidateQueries({ queryKey: [...scope, "order", number] }),
  });
}

/** URLs by SKU. */
export type Pictures = ReadonlyMap<string, string>;

/** Pictures of these SKUs, of those that the company may see in the catalogue. */
export const picturesQuery = (scope: readonly [string], skus: readonly string[]) =>
  queryOptions({
    queryKey: [...scope, "pictures", skus.join()],
    queryFn: async (): Promise<Pictures> => {
      const { lines } = await lookUp([...skus]);
      return new Map(lines.filter(isFound).map((line) => [line.sku, line.picture]));
    },
    staleTime: 60 * 60_000,
  });
