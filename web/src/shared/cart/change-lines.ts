import { request } from "@/api/client";
import type { LineChange } from "@/shared/cart/types";

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
  request("patch", "/v1/carts/{cart_id}/lines", {
    params: {
      path: { cart_id: cart },
      header: { "X-Company": company, "If-Match": etag, "Idempotency-Key": key },
    },
    body: { lines },
  });
