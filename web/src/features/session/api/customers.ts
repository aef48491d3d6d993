import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components as Carts } from "@/api/schema/carts";
import type { components as Orders } from "@/api/schema/orders";

export type CustomerCarts = Carts["schemas"]["CustomerCarts"];
export type CustomerOrders = Orders["schemas"]["CustomerOrders"];

/** The open carts of a rep's customers, page by page; the same for whichever of them they act. */
export const customerCartsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["customers", "carts"],
    queryFn: ({ pageParam, signal }) =>
      request("get", "/v1/carts/customers/counts", {
        params: { query: { cursor: pageParam } },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** What is to be done about their orders, in the same way. */
export const customerOrdersQuery = () =>
  infiniteQueryOptions({
    queryKey: ["customers", "orders"],
    queryFn: ({ pageParam, signal }) =>
      request("get", "/v1/orders/customers", { params: { query: { cursor: pageParam } }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
