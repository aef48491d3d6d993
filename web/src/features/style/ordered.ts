import { useMemo } from "react";
import { type Cell, cellKey, cellOf, deliveryKey } from "@/shared/cart/types";
import { type OpenCart, useSaving } from "@/shared/cart/use-cart";

/** Cells of a style that a cart has or the person entered, with their pieces. */
export type Ordered = (Cell & { quantity: number })[];

/** The style over the whole cart, with what is not saved yet. */
export function useOrdered(style: string, open: OpenCart | undefined): Ordered {
  const had = useMemo(
    () =>
      new Map(
        open?.cart.lines
          .filter((line) => line.style === style)
          .map((line) => [cellKey(line), line.quantity]),
      ),
    [open?.cart, style],
  );
  const edits = useSaving(open)?.edits;
  return useMemo(() => {
    const cells = new Map(had);
    for (const [key, quantity] of edits ?? []) {
      if (key.startsWith(`${style}-`)) cells.set(key, quantity);
    }
    return [...cells].flatMap(([key, quantity]) =>
      quantity ? [{ ...cellOf(key), quantity }] : [],
    );
  }, [had, edits, style]);
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
