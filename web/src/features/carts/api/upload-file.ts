import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { Problem } from "@/api/problem";
import type { components, paths } from "@/api/schema/carts";
import { getCart } from "@/shared/cart/get-cart";
import type { Cart } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { withMediaType } from "@/features/carts/upload-kind";
import { whenSaved } from "@/features/carts/upload-when-saved";
import { useScopeKey } from "@/shared/scope";

export type UploadResult = components["schemas"]["UploadView"];
export type UploadRow = components["schemas"]["RowView"];

type Query = NonNullable<paths["/v1/carts/{cart_id}/upload"]["post"]["parameters"]["query"]>;
export type Encoding = NonNullable<Query["encoding"]>;

export interface Upload {
  file: Blob;
  /** Empty where each row says its own. */
  door: string;
  window: string;
  /** How the letters of a CSV file are to be read, where it was asked. */
  encoding?: Encoding;
  /** The same for every repetition of one upload. */
  key: string;
}

const uploadFile = (company: string, cart: Cart, { file, door, window, encoding, key }: Upload) =>
  request("post", "/v1/carts/{cart_id}/upload", {
    params: {
      path: { cart_id: cart.id },
      query: { door: door || undefined, window: window || undefined, encoding },
      header: { "X-Company": company, "If-Match": cart.etag, "Idempotency-Key": key },
    },
    headers: { "Content-Type": file.type },
    body: file,
    bodySerializer: (bytes) => bytes,
  });

/**
 * Takes a file into the cart, after all that was typed is saved. Throws NotSaved where that
 * needs the person first.
 */
export function useUploadFile({ cart: { id }, autosave }: OpenCart) {
  const client = useQueryClient();
  const [company] = useScopeKey();
  const queryKey = [company, "cart", id];
  return useMutation({
    mutationFn: async (upload: Upload) => {
      await whenSaved(autosave);
      const cart = client.getQueryData<Cart>(queryKey) ?? (await getCart(company, id));
      return uploadFile(company, cart, { ...upload, file: await withMediaType(upload.file) });
    },
    onSuccess: ({ cart }) => {
      client.setQueryData(queryKey, cart);
      return client.invalidateQueries({ queryKey: [company, "carts"] });
    },
    // Somebody else was first: the next try starts from their cart.
    onError: (error) =>
      error instanceof Problem && error.status === 412
        ? client.invalidateQueries({ queryKey })
        : undefined,
  });
}
