import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { CartPage } from "@/shared/cart/types";

const listCarts = (cursor: string | null) =>
  request("get", "/v1/carts", { params: { query: { limit: 100, cursor } } });

async function listAll() {
  const carts = [];
  let cursor: string | null = null;
  do {
    const page: CartPage = await listCarts(cursor);
    carts.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return carts;
}

/** The company's open carts, the last changed first. */
export const cartsQuery = (scope: readonly [string]) =>
  queryOptions({ queryKey: [...scope, "carts"], queryFn: listAll });
