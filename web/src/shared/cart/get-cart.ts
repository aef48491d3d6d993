import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Cart } from "@/shared/cart/types";

export const getCart = (id: string) => request<Cart>(`/v1/carts/${encodeURIComponent(id)}`);

export const cartQuery = (scope: readonly [string], id: string) =>
  queryOptions({ queryKey: [...scope, "cart", id], queryFn: () => getCart(id) });
