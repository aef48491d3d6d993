import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import type { CartRow, ShownLine } from "@/features/carts/cart-rows";
import styles from "@/features/carts/components/deliveries.module.css";
import { TransferDialog } from "@/shared/cart/transfer-dialog";
import { type OpenCart, usePieces } from "@/shared/cart/use-cart";
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
  const [asked, setAsked] = useState(false);
  const lines = useMemo(
    () =>
      rows.flatMap((row): ShownLine[] =>
        row.kind === "colourway" && selected.has(row.key) ? row.lines : [],
      ),
    [rows, selected],
  );
  const pieces = usePieces(open, lines);
  const { autosave } = open;
  const drop = () => {
    const label = t`${plural(pieces, { one: "# piece dropped", other: "# pieces dropped" })}`;
    autosave.edit(
      lines.map(({ sku, door, window }) => ({ sku, door, window, quantity: 0 })),
      label,
    );
    onNone();
  };
  const close = () => setAsked(false);
  return (
    <div className={styles.bar} role="group" aria-label={t`Chosen lines`} data-screen="">
      <p role="status">
        {lines.length > 0 ? (
          <Plural value={pieces} one="# piece is chosen." other="# pieces are chosen." />
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
