import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { isRetried, Problem, retryDelay, waitOf } from "@/api/problem";
import type { components, paths } from "@/api/schema/carts";
import { getCart } from "@/shared/cart/get-cart";
import type { Cart } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { withMediaType } from "@/shared/upload-kind";
import { whenSaved } from "@/features/carts/upload-when-saved";
import { useScopeKey } from "@/shared/scope";

export type UploadResult = components["schemas"]["UploadView"];
export type UploadRow = components["schemas"]["RowView"];
export type FileHeader = components["schemas"]["HeaderView"];
export type Column = components["schemas"]["ColumnView"];
export type Meaning = Column["meaning"];
export type Letters = components["schemas"]["LettersView"];
export type ArticleChoice = components["schemas"]["ArticleChoice"];

type Query = NonNullable<paths["/v1/carts/{cart_id}/upload"]["post"]["parameters"]["query"]>;
export type Encoding = NonNullable<Query["encoding"]>;

export interface Upload {
  file: Blob;
  /** Empty where each row says its own. */
  door: string;
  window: string;
  /** How the letters of a CSV file are to be read, where a person said so. */
  encoding?: Encoding;
  /** What the columns of its headers are, where a person said so. */
  columns?: string[];
  /** Which article is meant where rows may be several. */
  articles?: string[];
  /** The same for every repetition of one upload. */
  key: string;
}

/** Takes the file into the cart as `etag` names it, or only tells what would become of it. */
const sendFile = async (
  [company]: readonly [string],
  { id, etag }: Pick<Cart, "id" | "etag">,
  { file, door, window, encoding, columns, articles, key }: Upload,
  preview: boolean,
) => {
  const body = await withMediaType(file);
  return request("post", "/v1/carts/{cart_id}/upload", {
    params: {
      path: { cart_id: id },
      query: {
        door: door || undefined,
        window: window || undefined,
        encoding,
        columns,
        articles,
        preview,
      },
      header: { "X-Company": company, "If-Match": etag, "Idempotency-Key": key },
    },
    headers: { "Content-Type": body.type },
    body,
    bodySerializer: (bytes) => bytes,
  });
};

/** Files are read one at a time: whether this one is to be sent anew after the other one. */
const isNext = (failures: number, error: Error) => waitOf(error) > 0 && isRetried(failures, error);

/**
 * What a file would do to the cart as it is now, after all that was typed is saved. Throws
 * NotSaved where that needs the person first.
 */
export function usePreviewFile({ cart: { id }, autosave }: OpenCart) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: async (upload: Upload) => {
      await whenSaved(autosave);
      return sendFile(scope, await getCart(scope[0], id), upload, true);
    },
    retry: isNext,
    retryDelay,
    onSuccess: ({ cart }) => client.setQueryData([...scope, "cart", id], cart),
  });
}

export interface Previewed {
  upload: Upload;
  /** The preview, with the cart that it was made for. */
  result: UploadResult;
}

/** What the columns are, as they were read. */
const columnsOf = ({ headers }: UploadResult) =>
  headers.map(({ id, columns }) => `${id}:${columns.map(({ meaning }) => meaning).join()}`);

/**
 * Takes a file into the cart, if that is still as it was previewed. Its columns are read as they
 * were, whatever somebody else said of such files meanwhile.
 */
export function useTakeFile() {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: ({ upload, result }: Previewed) =>
      sendFile(scope, result.cart, { ...upload, columns: columnsOf(result) }, false),
    retry: isNext,
    retryDelay,
    onSuccess: ({ cart }) => {
      client.setQueryData([...scope, "cart", cart.id], cart);
      return client.invalidateQueries({ queryKey: [...scope, "carts"] });
    },
  });
}

/** Whether somebody changed the cart since it was previewed. */
export const isChangedMeanwhile = (error: unknown) =>
  error instanceof Problem && error.status === 412;

/** The columns of a file that can't be read by their names, for a person to say what they are. */
export const headersOf = (error: unknown): FileHeader[] =>
  error instanceof Problem ? ((error.extra.headers as FileHeader[] | undefined) ?? []) : [];
