import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/catalog";
import { type CatalogSearch, FACETS } from "@/features/catalog/search";

export type StylesPage = components["schemas"]["StylesPage"];
export type StyleItem = components["schemas"]["StyleItem"];

const PAGE = 48;

function listStyles(search: CatalogSearch, cursor: string | null, signal: AbortSignal) {
  return request<StylesPage>("/v1/catalog/styles", {
    query: {
      q: search.q,
      sort: search.sort,
      availability: search.stock ? "at_once" : null,
      ...Object.fromEntries(FACETS.map((facet) => [facet, search[facet]])),
      limit: PAGE,
      cursor,
    },
    signal,
  });
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
