import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";

export const getCart = (company: string, id: string) =>
  request("get", "/v1/carts/{cart_id}", {
    params: { path: { cart_id: id }, header: { "X-Company": company } },
  });

export const cartQuery = (scope: readonly [string], id: string) =>
  queryOptions({
    queryKey: [...scope, "cart", id],
    queryFn: () => getCart(scope[0], id),
    // Comparing thousands of lines takes longer than showing the few that are on the screen.
    structuralSharing: false,
  });
