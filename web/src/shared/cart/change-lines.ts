import { request } from "@/api/client";
import type { Cart, LineChange } from "@/shared/cart/types";

/**
 * Fills in cells, from the version `etag` on; `key` is the same for every repetition, and
 * `company` whose cart it is, where that is not the chosen one for sure.
 */
export const changeLines = (
  cart: string,
  etag: string,
  lines: LineChange[],
  key: string,
  company?: string,
) =>
  request<Cart>(`/v1/carts/${encodeURIComponent(cart)}/lines`, {
    method: "PATCH",
    body: { lines },
    ifMatch: etag,
    idempotencyKey: key,
    ...(company && { company }),
  });
