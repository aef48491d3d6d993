import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/carts";
import { useScopeKey } from "@/shared/scope";

export type KeptMapping = components["schemas"]["KeptMappingView"];

/** What the company's people said that columns of files are, the latest choice first. */
export const mappingsQuery = (scope: readonly [string]) =>
  queryOptions({
    queryKey: [...scope, "mappings"],
    queryFn: async () => (await request("get", "/v1/carts/upload/mappings", {})).items,
  });

/** Has the next file with these columns asked about again. */
export function useForgetMapping(mapping: string) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: () =>
      request("delete", "/v1/carts/upload/mappings/{mapping}", { params: { path: { mapping } } }),
    // Somebody else may have been first.
    onSettled: () => client.invalidateQueries({ queryKey: [...scope, "mappings"] }),
  });
}
