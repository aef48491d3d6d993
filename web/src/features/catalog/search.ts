import type { components } from "@/api/schema/catalog";
import { addressText } from "@/shared/address";

export const FACETS = ["season", "delivery", "category", "gender", "colour", "size"] as const;
export type FacetName = (typeof FACETS)[number];
export type Sort = NonNullable<components["schemas"]["StylesQuery"]["sort"]>;

type Gender = components["schemas"]["StylesQuery"]["gender"][number];

const SORTS: Sort[] = ["relevance", "bestseller", "newest", "price", "price_desc", "name"];

/** The service takes no other. */
const GENDERS: string[] = ["men", "women", "unisex", "kids"] satisfies Gender[];

/** Everything that the catalogue shows, as its address has it. */
export interface CatalogSearch extends Partial<Record<FacetName, string[]>> {
  q?: string;
  sort?: Sort;
  /** In stock only. */
  stock?: true;
  view?: "list";
}

/** What an address says, without what makes no sense. */
export function catalogSearch(raw: Record<string, unknown>): CatalogSearch {
  const found: CatalogSearch = {};
  const q = addressText(raw.q, 100);
  if (q) found.q = q;
  const sort = SORTS.find((each) => each === raw.sort);
  if (sort) found.sort = sort;
  if (raw.stock === true) found.stock = true;
  if (raw.view === "list") found.view = "list";
  for (const facet of FACETS) {
    const values = (Array.isArray(raw[facet]) ? raw[facet] : [])
      .map((value) => addressText(value, 40))
      .filter((value) => value !== "" && (facet !== "gender" || GENDERS.includes(value)))
      .slice(0, 50);
    if (values.length) found[facet] = values;
  }
  return found;
}

/** The search with `value` of a facet switched on or off. */
export function toggleValue(search: CatalogSearch, facet: FacetName, value: string): CatalogSearch {
  const had = search[facet] ?? [];
  const values = had.includes(value) ? had.filter((each) => each !== value) : [...had, value];
  const { [facet]: _, ...rest } = search;
  return values.length ? { ...rest, [facet]: values } : rest;
}

/** The filters of the panel; which delivery is looked at is a choice of its own. */
export const FILTERS = FACETS.filter((facet) => facet !== "delivery");

/** How many filters are set. */
export function filterCount(search: CatalogSearch): number {
  return FILTERS.reduce((sum, facet) => sum + (search[facet]?.length ?? 0), search.stock ? 1 : 0);
}

/** The search without its filters: the words, the delivery, the sort and the view stay. */
export function withoutFilters(search: CatalogSearch): CatalogSearch {
  const { q, delivery, sort, view } = search;
  return {
    ...(q && { q }),
    ...(delivery && { delivery }),
    ...(sort && { sort }),
    ...(view && { view }),
  };
}

/** The search for other words. Sorting by best match is over with the words. */
export function withWords(search: CatalogSearch, words: string): CatalogSearch {
  const { q: _, sort, ...rest } = search;
  const kept = sort && sort !== "relevance" ? { ...rest, sort } : rest;
  const q = words.trim();
  return q ? { ...kept, q } : kept;
}
