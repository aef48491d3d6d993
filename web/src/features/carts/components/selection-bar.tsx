import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import type { CartRow, ShownLine } from "@/features/carts/cart-rows";
import styles from "@/features/carts/components/deliveries.module.css";
import { TransferDialog } from "@/shared/cart/transfer-dialog";
import { type OpenCart, usePieces } from "@/shared/cart/use-cart";
import { unitOf, useCounted } from "@/shared/quantity/counted";
import { Button } from "@/ui/button";

interface Props {
  open: OpenCart;
  rows: CartRow[];
  selected: ReadonlySet<string>;
  onAll: () => void;
  onNone: () => void;
}

/** What can be done with the chosen lines together. */
export function SelectionBar({ open, rows, selected, onAll, onNone }: Props) {
  const { t } = useLingui();
  const counted = useCounted();
  const [asked, setAsked] = useState(false);
  const lines = useMemo(
    () =>
      rows.flatMap((row): ShownLine[] =>
        row.kind === "colourway" && selected.has(row.key) ? row.lines : [],
      ),
    [rows, selected],
  );
  const pieces = usePieces(open, lines);
  const chosen = counted(pieces, unitOf(open.cart, lines));
  const { autosave } = open;
  const drop = () => {
    autosave.edit(
      lines.map(({ sku, door, window }) => ({ sku, door, window, quantity: 0 })),
      t`Dropped: ${chosen}`,
    );
    onNone();
  };
  const close = () => setAsked(false);
  return (
    <div className={styles.bar} role="group" aria-label={t`Chosen lines`} data-screen="">
      <p role="status">
        {lines.length > 0 ? (
          <Trans>{chosen} chosen</Trans>
        ) : (
          <Trans>Choose lines to move, copy or split them.</Trans>
        )}
      </p>
      <Button look="quiet" onPress={onAll}>
        <Trans>Choose all</Trans>
      </Button>
      {lines.length > 0 && (
        <>
          <Button look="quiet" onPress={onNone}>
            <Trans>Choose none</Trans>
          </Button>
          <Button isDisabled={!pieces} onPress={() => setAsked(true)}>
            <Trans>Move, copy or split</Trans>
          </Button>
          <Button look="danger" isDisabled={!pieces} onPress={drop}>
            <Trans>Drop</Trans>
          </Button>
        </>
      )}
      {asked && (
        <TransferDialog
          open={open}
          lines={lines.flatMap((line) => {
            const { sku, door, window } = line;
            const quantity = autosave.quantityOf(line);
            return quantity ? [{ sku, door, window, quantity }] : [];
          })}
          onClose={close}
        />
      )}
    </div>
  );
}
