import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/orders";
import { useScopeKey } from "@/shared/scope";

type Schemas = components["schemas"];
export type Deputies = Schemas["DeputiesView"];
export type DeputyInput = Schemas["DeputyInput"];

const KEY = "approval-deputy";

/** Who decides in the reader's place, and for whom the reader does. */
export const deputyQuery = (scope: readonly [company: string]) =>
  queryOptions({
    queryKey: [...scope, KEY],
    queryFn: () => request("get", "/v1/orders/approval-deputy", {}),
  });

/** Another deputy of the reader's, or none. */
export function useSaveDeputy() {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (deputy: DeputyInput | null) =>
      request("put", "/v1/orders/approval-deputy", { body: { deputy } }),
    onSuccess: (found) => client.setQueryData([...scope, KEY], found),
  });
}
