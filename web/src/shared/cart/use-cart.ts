import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { type Autosave, createAutosave, type Saving } from "@/shared/cart/autosave";
import { changeLines } from "@/shared/cart/change-lines";
import { useChosenCart } from "@/shared/cart/choice";
import { cartQuery, getCart } from "@/shared/cart/get-cart";
import { cartsQuery } from "@/shared/cart/list-carts";
import { type Cart, type Cell, cellKey } from "@/shared/cart/types";
import { useScope, useScopeKey } from "@/shared/scope";

/** One per cart while the page is open, so that entries go on being saved on other pages. */
const opened = new Map<string, Autosave>();

export interface OpenCart {
  cart: Cart;
  saving: Saving;
  autosave: Autosave;
  /** What the person entered, else what the cart has. */
  quantityOf(cell: Cell): number;
}

/** The id of the cart that the person works on; null where the company has none. */
export function useCurrentCartId(): string | null | undefined {
  const { company } = useScope();
  const { data: carts } = useQuery(cartsQuery(useScopeKey()));
  const chosen = useChosenCart(company.id);
  if (!carts) return undefined;
  return carts.find((cart) => cart.id === chosen)?.id ?? carts[0]?.id ?? null;
}

/** A cart with what is being entered; undefined while it is read. */
export function useCart(id: string | null | undefined): OpenCart | undefined {
  const client = useQueryClient();
  const scope = useScopeKey();
  const { data: cart } = useQuery({ ...cartQuery(scope, id ?? ""), enabled: Boolean(id) });
  const autosave = cart && autosaveOf(cart, scope[0], client);
  const saving = useSyncExternalStore(
    autosave?.subscribe ?? neverChanges,
    autosave?.snapshot ?? nothing,
  );
  useEffect(() => {
    if (cart) autosave?.adopt(cart);
  }, [cart, autosave]);
  useEffect(() => {
    if (!autosave) return;
    const flush = () => void autosave.flush();
    window.addEventListener("online", flush);
    return () => window.removeEventListener("online", flush);
  }, [autosave]);
  const had = useMemo(
    () => new Map(cart?.lines.map((line) => [cellKey(line), line.quantity])),
    [cart],
  );
  if (!cart || !autosave || !saving) return undefined;
  const quantityOf = (cell: Cell) => saving.edits.get(cellKey(cell)) ?? had.get(cellKey(cell)) ?? 0;
  return { cart, saving, autosave, quantityOf };
}

function autosaveOf(cart: Cart, company: string, client: QueryClient): Autosave {
  const known = opened.get(cart.id);
  if (known) return known;
  const { id } = cart;
  const transport = {
    load: () => getCart(id),
    save: (etag: string, lines: Parameters<typeof changeLines>[2], key: string) =>
      changeLines(id, etag, lines, key),
  };
  const made = createAutosave(cart, transport, localStorage, (newer) => {
    client.setQueryData([company, "cart", id], newer);
    void client.invalidateQueries({ queryKey: [company, "carts"] });
  });
  opened.set(id, made);
  return made;
}

const neverChanges = () => () => undefined;
const nothing = () => null;
