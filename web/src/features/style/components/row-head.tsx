import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, memo, useId, useState } from "react";
import type { Style } from "@/features/style/api/get-style";
import { FillDialog } from "@/features/style/components/fill-dialog";
import styles from "@/features/style/components/size-grid.module.css";
import { packsOn } from "@/features/style/fill";
import type { GridRow } from "@/features/style/grid";
import type { QuantityChange } from "@/features/style/selection";
import { useFormat } from "@/i18n/format";
import { readPieces } from "@/shared/quantity/pieces";
import { useQuantityReason } from "@/shared/quantity/quantity-input";
import { Button } from "@/ui/button";
import { Picture } from "@/ui/picture";

interface Props {
  row: GridRow;
  /** Whether the row is the first of its colourway. */
  first: boolean;
  packs: Style["packs"];
  unit: Style["unit"];
  readOnly: boolean;
  quantityOf: (sku: string) => number;
  onEdit: (changes: QuantityChange[], label?: string) => void;
}

/** The colourway, and what fills all of its sizes at once. */
export const RowHead = memo(function RowHead(props: Props) {
  const { row, first, packs, unit, readOnly, quantityOf, onEdit } = props;
  const { t } = useLingui();
  const format = useFormat();
  const { colourway, second } = row;
  const id = useId();
  const [each, setEach] = useState("");
  const [asked, setAsked] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !each.trim()) return;
    event.preventDefault();
    const quantity = readPieces(each);
    if (typeof quantity !== "number") return;
    onEdit(row.skus.flatMap((sku) => (sku ? [{ sku: sku.sku, quantity }] : [])));
    setEach("");
  };
  const reasonOf = useQuantityReason();
  const fault = each.trim() && typeof readPieces(each) !== "number" ? reasonOf(each) : "";
  const name = second ? `${colourway.name} ${second}` : colourway.name;
  return (
    <th scope="row" className={styles.first}>
      <span className={styles.colour}>
        {first && (
          <span className={styles.picture}>
            <Picture src={colourway.picture} alt="" hex={colourway.hex} size={40} loading="lazy" />
          </span>
        )}
        <span className={styles.colourName}>
          {first ? colourway.name : ""}
          <small>{first ? colourway.code : ""}</small>
        </span>
        {!readOnly && (
          <input
            className={styles.each}
            inputMode="numeric"
            autoComplete="off"
            placeholder={t`each`}
            aria-label={t`${name}: quantity for every size, then Enter`}
            value={each}
            onChange={(event) => setEach(event.target.value)}
            onKeyDown={onKeyDown}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? id : undefined}
          />
        )}
      </span>
      {fault && (
        <span id={id} className={styles.unread} role="alert">
          {fault}
        </span>
      )}
      {!readOnly && (
        <span className={styles.packs}>
          <Button look="quiet" aria-label={t`Fill ${name} by size`} onPress={() => setAsked(true)}>
            <Trans>By size</Trans>
          </Button>
          {packs.prepacks.map((pack) => {
            const pieces = format.number(Object.values(pack.quantities).reduce((a, b) => a + b, 0));
            const words = t`+ pack ${pack.code} (${pieces})`;
            return (
              <Button
                key={pack.code}
                look="quiet"
                aria-label={`${words}, ${name}`}
                onPress={() => onEdit(packsOn(row, pack.quantities, 1, quantityOf))}
              >
                {words}
              </Button>
            );
          })}
        </span>
      )}
      {asked && (
        <FillDialog
          name={name}
          row={row}
          packs={packs}
          unit={unit}
          quantityOf={quantityOf}
          onFill={onEdit}
          onClose={() => setAsked(false)}
        />
      )}
    </th>
  );
});
