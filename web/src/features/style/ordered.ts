import { useMemo } from "react";
import type { DraftState } from "@/shared/cart/draft";
import { type Cell, cellOf, deliveryKey } from "@/shared/cart/types";
import { type OpenCart, useSaving } from "@/shared/cart/use-cart";
import { partsOf } from "@/shared/sku";

/** Cells of a style that a cart has or the person entered, with their pieces. */
export type Ordered = (Cell & { quantity: number })[];

/** The style over the whole cart, with what is not saved yet. */
export function useOrdered(
  style: string,
  open: OpenCart | undefined,
  draft: DraftState["edits"],
): Ordered {
  const saving = useSaving(open);
  return useMemo(() => {
    const cells = saving && open ? open.autosave.quantities() : draft;
    return [...cells]
      .map(([key, quantity]) => ({ ...cellOf(key), quantity }))
      .filter(({ sku, quantity }) => quantity && partsOf(sku).style === style);
  }, [saving, open, draft, style]);
}

/** Pieces by delivery. */
export function piecesByDelivery(ordered: Ordered): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const cell of ordered) {
    const key = deliveryKey(cell);
    pieces.set(key, (pieces.get(key) ?? 0) + cell.quantity);
  }
  return pieces;
}
