import { request } from "@/api/client";
import type { Cart, LineChange } from "@/shared/cart/types";

/** Fills in cells, from the version `etag` on; `key` is the same for every repetition. */
export const changeLines = (cart: string, etag: string, lines: LineChange[], key: string) =>
  request<Cart>(`/v1/carts/${encodeURIComponent(cart)}/lines`, {
    method: "PATCH",
    body: { lines },
    ifMatch: etag,
    idempotencyKey: key,
  });
