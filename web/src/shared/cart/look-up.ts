import { queryOptions, useMutation } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/catalog";
import { colourwayOf } from "@/shared/sku";

export type LookUp = components["schemas"]["LookupAnswer"];
export type FoundLine = components["schemas"]["FoundLine"];
export type NotFoundLine = components["schemas"]["NotFoundLine"];
export type Window = components["schemas"]["Window"];

export const isFound = (line: FoundLine | NotFoundLine): line is FoundLine => "sku" in line;

export const lookUp = (entries: string[]) =>
  request("post", "/v1/catalog/lookup", { body: { entries, with_quantities: false } });

/** What lines of a list are, each a code and a quantity behind it; in their order. */
export const lookUpLines = (entries: string[]) =>
  request("post", "/v1/catalog/lookup", { body: { entries, with_quantities: true } });

export const useLookUpLines = () => useMutation({ mutationFn: lookUpLines });

/** All delivery windows of the company, the first to ship first. */
export const windowsQuery = (scope: readonly [string]) =>
  queryOptions({
    queryKey: [...scope, "windows"],
    // The windows come with whatever is looked up.
    queryFn: async () => (await lookUp([""])).windows.sort(byShipDate),
    staleTime: 10 * 60_000,
  });

export interface Offers {
  /** Those that take orders, the first to ship first. */
  windows: Window[];
  isOffered: (sku: string, window: string) => boolean;
}

/** In which delivery windows these SKUs can be ordered; all sizes of a colourway are alike. */
export const offersQuery = (scope: readonly [string], skus: readonly string[]) => {
  const asked = new Map(skus.map((sku) => [colourwayOf(sku), sku]));
  return queryOptions({
    queryKey: [...scope, "offers", [...asked.keys()].sort().join()],
    queryFn: async (): Promise<Offers> => {
      const { lines, windows } = await lookUp([...asked.values()]);
      const open = windows.filter((window) => window.open).sort(byShipDate);
      const ids = new Set(open.map((window) => window.id));
      const offered = new Map(
        lines.filter(isFound).map((line) => [line.colourway, new Set(line.windows)]),
      );
      return {
        windows: open,
        isOffered: (sku, window) =>
          ids.has(window) && (offered.get(colourwayOf(sku))?.has(window) ?? false),
      };
    },
    staleTime: 60_000,
  });
};

const byShipDate = (a: Window, b: Window) => a.ship_from.localeCompare(b.ship_from);
