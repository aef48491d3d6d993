import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/catalog";

type LineSheet = components["schemas"]["LineSheet"];
export type Style = components["schemas"]["StyleDetail"];
export type Colourway = components["schemas"]["ColourwayDetail"];
export type Window = components["schemas"]["Window"];

/** The most styles that the service answers at a time. */
const BATCH = 50;

async function getLineSheet(styles: readonly string[], language: string, signal: AbortSignal) {
  const batches: Promise<LineSheet>[] = [];
  for (let start = 0; start < styles.length; start += BATCH) {
    const query = { style: styles.slice(start, start + BATCH) };
    const headers = { "Accept-Language": language };
    batches.push(request("get", "/v1/catalog/line-sheet", { params: { query }, headers, signal }));
  }
  const sheets = await Promise.all(batches);
  return { styles: sheets.flatMap((sheet) => sheet.styles), readAt: new Date() };
}

/** Styles in a language, in the order asked for, without those that the company can't buy. */
export const lineSheetQuery = (
  scope: readonly [string],
  styles: readonly string[],
  language: string,
) =>
  queryOptions({
    queryKey: [...scope, "line-sheet", language, styles],
    queryFn: ({ signal }) => getLineSheet(styles, language, signal),
    enabled: styles.length > 0,
    staleTime: 5 * 60_000,
  });
