import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Cart } from "@/shared/cart/types";

export const getCart = (company: string, id: string) =>
  request<Cart>(`/v1/carts/${encodeURIComponent(id)}`, { company });

export const cartQuery = (scope: readonly [string], id: string) =>
  queryOptions({
    queryKey: [...scope, "cart", id],
    queryFn: () => getCart(scope[0], id),
    // Comparing thousands of lines takes longer than showing the few that are on the screen.
    structuralSharing: false,
  });
