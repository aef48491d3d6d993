import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useState } from "react";
import type { Style } from "@/features/style/api/get-style";
import styles from "@/features/style/components/size-grid.module.css";
import type { GridRow } from "@/features/style/grid";
import { useFormat } from "@/i18n/format";
import { parseQuantity } from "@/shared/quantity/paste";
import { Button } from "@/ui/button";

interface Props {
  row: GridRow;
  /** Whether the row is the first of its colourway. */
  first: boolean;
  prepacks: Style["packs"]["prepacks"];
  readOnly: boolean;
  onFill: (quantity: number) => void;
  onPack: (quantities: Record<string, number>) => void;
}

/** The colourway, and what fills all of its sizes at once. */
export function RowHead({ row, first, prepacks, readOnly, onFill, onPack }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { colourway, second } = row;
  const [each, setEach] = useState("");
  const onKeyDown = (event: KeyboardEvent) => {
    const quantity = parseQuantity(each);
    if (event.key !== "Enter" || quantity === undefined) return;
    event.preventDefault();
    onFill(quantity);
    setEach("");
  };
  const name = second ? `${colourway.name} ${second}` : colourway.name;
  return (
    <th scope="row" className={styles.first}>
      <span className={styles.colour}>
        {first && <img src={colourway.picture} alt="" width="40" height="40" loading="lazy" />}
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
          />
        )}
      </span>
      {!readOnly && prepacks.length > 0 && (
        <span className={styles.packs}>
          {prepacks.map((pack) => {
            const pieces = format.number(Object.values(pack.quantities).reduce((a, b) => a + b, 0));
            return (
              <Button
                key={pack.code}
                look="quiet"
                aria-label={t`Add pack ${pack.code} of ${pieces} to ${name}`}
                onPress={() => onPack(pack.quantities)}
              >
                <Trans>
                  + pack {pack.code} ({pieces})
                </Trans>
              </Button>
            );
          })}
        </span>
      )}
    </th>
  );
}
