import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/catalog";

export type Style = components["schemas"]["StyleDetail"];
export type Colourway = components["schemas"]["ColourwayDetail"];
export type Sku = components["schemas"]["SkuDetail"];
export type Window = components["schemas"]["Window"];

const getStyle = (style: string) =>
  request("get", "/v1/catalog/styles/{style}", { params: { path: { style } } });

/** A style with its colourways, prices and what is available. */
export const styleQuery = (scope: readonly [string], style: string) =>
  queryOptions({
    queryKey: [...scope, "style", style],
    queryFn: () => getStyle(style),
    refetchInterval: 60_000,
  });
