import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";

/** What rules can be limited to, by name: of the company's catalogue. */
export const facetsQuery = (scope: readonly [company: string]) =>
  queryOptions({
    queryKey: [...scope, "facets-of-rules"],
    queryFn: async () =>
      (await request("get", "/v1/catalog/styles", { params: { query: { limit: 1 } } })).facets,
    staleTime: 5 * 60_000,
  });
