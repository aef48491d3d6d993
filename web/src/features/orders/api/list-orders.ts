import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/orders";
import type { OrderSearch } from "@/features/orders/search";

export type OrderHead = components["schemas"]["OrderHead"];

const listOrders = (search: OrderSearch, cursor: string | null) =>
  request("get", "/v1/orders", {
    params: {
      query: {
        status: search.status,
        door: search.door,
        window: search.window,
        q: search.q,
        placed_from: search.from,
        placed_to: search.to,
        limit: 50,
        cursor,
      },
    },
  });

/** Orders page by page, the newest first. */
export const ordersQuery = (scope: readonly [string], search: OrderSearch) =>
  infiniteQueryOptions({
    queryKey: [...scope, "orders", search],
    queryFn: ({ pageParam }) => listOrders(search, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
