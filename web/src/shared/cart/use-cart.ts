import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { type Autosave, createAutosave, type Saving } from "@/shared/cart/autosave";
import { changeLines } from "@/shared/cart/change-lines";
import { chooseCart, useChosenCart } from "@/shared/cart/choice";
import { createCart } from "@/shared/cart/create-cart";
import { createDraft, type Draft, draftName, type DraftState } from "@/shared/cart/draft";
import { cartQuery, getCart } from "@/shared/cart/get-cart";
import { cartsWithEntries, isOf, keptName } from "@/shared/cart/kept-edits";
import { cartsQuery } from "@/shared/cart/list-carts";
import type { Cart, Cell } from "@/shared/cart/types";
import { type Scope, useScope, useScopeKey } from "@/shared/scope";

/** One per person and cart while the page is open, so that saving goes on on other pages. */
const opened = new Map<string, Autosave>();

/** One per person and company; it goes on on other pages, too. */
const drafts = new Map<string, Draft>();

/**
 * A cart and what saves its cells. It stays the same object while somebody types: what shows
 * entries asks `useQuantity`, `useEntries` or `useSaving` for what it needs.
 */
export interface OpenCart {
  cart: Cart;
  autosave: Autosave;
}

/**
 * The id of the cart that the person works on, of those that they may change; null where there is
 * none. Who may change none looks at any.
 */
export function useCurrentCartId(): string | null | undefined {
  const { company, mayOrder } = useScope();
  const { data } = useQuery(cartsQuery(useScopeKey()));
  const chosen = useChosenCart(company.id);
  if (!data) return undefined;
  const carts = mayOrder ? data.filter((cart) => cart.may_change) : data;
  return carts.find((cart) => cart.id === chosen)?.id ?? carts[0]?.id ?? null;
}

/** A cart that can be filled; undefined while it is read. */
export function useCart(id: string | null | undefined): OpenCart | undefined {
  const client = useQueryClient();
  const scope = useScope();
  const { data: cart } = useQuery({ ...cartQuery(useScopeKey(), id ?? ""), enabled: Boolean(id) });
  const autosave = cart && autosaveOf(cart, scope, client);
  useEffect(() => {
    if (cart) autosave?.adopt(cart);
  }, [cart, autosave]);
  return useMemo(() => cart && autosave && { cart, autosave }, [cart, autosave]);
}

/** Sends at once what is not saved yet, in whatever cart or draft it was entered. */
export function saveLeft(): void {
  for (const left of [...opened.values(), ...drafts.values()]) void left.flush();
}

/** Goes on saving what this person left unsaved in any cart, and whenever it may succeed. */
export function useLeftEntries(): void {
  const client = useQueryClient();
  const scope = useScope();
  useEffect(() => {
    const person = scope.me.uid;
    for (const [name, autosave] of opened) {
      if (isOf(person, name)) continue;
      autosave.stop();
      opened.delete(name);
    }
    for (const id of cartsWithEntries(localStorage, person, scope.company.id)) {
      client.query(cartQuery([scope.company.id], id)).then(
        (cart) => autosaveOf(cart, scope, client),
        () => undefined, // Not reached, or gone: what is kept stays kept.
      );
    }
    const leave = () => document.visibilityState === "hidden" && saveLeft();
    window.addEventListener("online", saveLeft);
    document.addEventListener("visibilitychange", leave);
    return () => {
      window.removeEventListener("online", saveLeft);
      document.removeEventListener("visibilitychange", leave);
    };
  }, [client, scope]);
}

/** How saving goes; renders with every key that somebody types. */
export function useSaving(open: OpenCart | undefined): Saving | null {
  return useSyncExternalStore(
    open?.autosave.subscribe ?? neverChanges,
    open?.autosave.snapshot ?? nothing,
  );
}

/** The person's draft for the company, and what is in it. */
export function useDraft(): { draft: Draft; state: DraftState } {
  const client = useQueryClient();
  const scope = useScope();
  const draft = draftOf(scope, client);
  const state = useSyncExternalStore(draft.subscribe, draft.snapshot);
  useEffect(() => void draft.flush(), [draft]);
  return { draft, state };
}

/** One thing about how saving goes; renders when it changes. */
export function useSavingOf<T>({ autosave }: OpenCart, pick: (saving: Saving) => T): T {
  return useSyncExternalStore(autosave.subscribe, () => pick(autosave.snapshot()));
}

/** What the person entered in a cell, else what the cart has; renders when that changes. */
export function useQuantity({ autosave }: OpenCart, cell: Cell): number {
  return useSyncExternalStore(autosave.subscribe, () => autosave.quantityOf(cell));
}

/** The pieces of some cells together; renders when they change. */
export function usePieces({ autosave }: OpenCart, cells: readonly Cell[]): number {
  const sum = useCallback(
    () => cells.reduce((pieces, cell) => pieces + autosave.quantityOf(cell), 0),
    [autosave, cells],
  );
  return useSyncExternalStore(autosave.subscribe, sum);
}

function autosaveOf(cart: Cart, { me, company }: Scope, client: QueryClient): Autosave {
  const { id } = cart;
  const name = keptName(me.uid, company.id, id);
  const known = opened.get(name);
  if (known) return known;
  const transport = {
    load: () => getCart(company.id, id),
    save: (etag: string, lines: Parameters<typeof changeLines>[2], key: string) =>
      changeLines(id, etag, lines, key, company.id),
  };
  const made = createAutosave(cart, transport, localStorage, name, (newer) => {
    // An answer that is on its way is of before.
    void client.cancelQueries({ queryKey: [company.id, "cart", id] });
    client.setQueryData([company.id, "cart", id], newer);
    void client.invalidateQueries({ queryKey: [company.id, "carts"] });
  });
  opened.set(name, made);
  return made;
}

function draftOf(scope: Scope, client: QueryClient): Draft {
  const company = scope.company.id;
  const name = draftName(scope.me.uid, company);
  const known = drafts.get(name);
  if (known) return known;
  const made = createDraft(
    (cartName, key) => createCart(company, cartName, key),
    (cart, entered) => {
      client.setQueryData([company, "cart", cart.id], cart);
      autosaveOf(cart, scope, client).edit(entered);
      chooseCart(company, cart.id);
      void client.invalidateQueries({ queryKey: [company, "carts"] });
    },
    localStorage,
    name,
  );
  drafts.set(name, made);
  return made;
}

const neverChanges = () => () => undefined;
const nothing = () => null;
