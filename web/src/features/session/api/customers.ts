import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/carts";

export type CustomerCarts = components["schemas"]["CustomerCarts"];

/** The open carts of a rep's customers, page by page; the same for whichever of them they act. */
export const customerCartsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["customers", "carts"],
    queryFn: ({ pageParam, signal }) =>
      request("get", "/v1/carts/customers", { params: { query: { cursor: pageParam } }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
