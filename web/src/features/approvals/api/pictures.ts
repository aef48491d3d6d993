import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";

/** The most styles that the service answers at a time. */
const BATCH = 50;

export interface Shown {
  picture: string;
  hex: string;
}

/** Pictures by colourway, of those styles that the company still sees. */
export const picturesQuery = (scope: readonly [string], styles: readonly string[]) =>
  queryOptions({
    queryKey: [...scope, "pictures", styles],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      const batches = [];
      for (let start = 0; start < styles.length; start += BATCH) {
        const query = { style: styles.slice(start, start + BATCH) };
        batches.push(request("get", "/v1/catalog/line-sheet", { params: { query }, signal }));
      }
      const found = (await Promise.all(batches)).flatMap((sheet) => sheet.styles);
      return new Map<string, Shown>(
        found.flatMap((style) =>
          style.colourways.map(({ code, picture, hex }) => [
            `${style.style}-${code}`,
            { picture, hex },
          ]),
        ),
      );
    },
  });
