import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/catalog";
import type { CatalogSearch } from "@/features/catalog/search";

export type StylesPage = components["schemas"]["StylesPage"];
export type StyleItem = components["schemas"]["StyleItem"];

type Gender = components["schemas"]["StylesQuery"]["gender"][number];

const PAGE = 48;

function listStyles(
  search: Omit<CatalogSearch, "view">,
  cursor: string | null,
  signal: AbortSignal,
) {
  const { stock, gender, ...rest } = search;
  const query = {
    ...rest,
    gender: gender as Gender[] | undefined, // An address may have another one; the service refuses it.
    availability: stock && ("at_once" as const),
    limit: PAGE,
    cursor,
  };
  return request("get", "/v1/catalog/styles", { params: { query }, signal });
}

/** Styles page by page; what was shown stays while a changed search is under way. */
export function stylesQuery(scope: readonly [string], search: CatalogSearch) {
  const { view: _, ...asked } = search;
  return infiniteQueryOptions({
    queryKey: [...scope, "styles", asked],
    queryFn: ({ pageParam, signal }) => listStyles(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}
