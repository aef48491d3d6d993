import { Trans, useLingui } from "@lingui/react/macro";
import { memo, useId } from "react";
import type { Sku } from "@/features/style/api/get-style";
import styles from "@/features/style/components/size-grid.module.css";
import { useFormat } from "@/i18n/format";
import { QuantityInput } from "@/shared/quantity/quantity-input";

interface Props {
  /** "row,column" */
  position: string;
  sku: Sku;
  label: string;
  quantity: number;
  atOnce: boolean;
  readOnly: boolean;
  /** Whether it is one of several that are chosen. */
  chosen: boolean;
  severity: "error" | "warning" | undefined;
  /** Ids of the texts that tell its faults. */
  faults: string;
  onChange: (sku: string, quantity: number) => void;
  /** A text that can't be read; null once it can. */
  onUnread: (sku: string, text: string | null) => void;
}

/** One quantity, with what can be had below it. */
export const GridCell = memo(function GridCell(props: Props) {
  const { position, sku, label, quantity, atOnce, readOnly, chosen, severity, faults } = props;
  const { onChange, onUnread } = props;
  const id = useId();
  const described = [atOnce ? `${id}-stock` : "", faults].filter(Boolean);
  return (
    <td className={styles.cell} data-chosen={chosen || undefined}>
      <QuantityInput
        data-cell=""
        data-position={position}
        aria-label={label}
        aria-describedby={described.join(" ") || undefined}
        aria-invalid={severity === "error" || undefined}
        className={severity === "warning" ? styles.warned : undefined}
        readOnly={readOnly}
        quantity={quantity}
        onQuantity={(each) => onChange(sku.sku, each)}
        onUnread={(text) => onUnread(sku.sku, text)}
      />
      {sku.price && <Price price={sku.price} />}
      {atOnce && <Stock id={`${id}-stock`} sku={sku} quantity={quantity} />}
    </td>
  );
});

/** What it costs where that is not what the style costs. */
function Price({ price }: { price: NonNullable<Sku["price"]> }) {
  return <span className={styles.own}>{useFormat().unitPrice(price.unit)}</span>;
}

/** What is in stock, and what comes next; that stands out where the stock is not enough. */
function Stock({ id, sku, quantity }: { id: string; sku: Sku; quantity: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const { level, quantity: left, capped } = sku.availability;
  const next = sku.later[0];
  const short = level === "none" || (left !== null && !capped && quantity > left);
  const words = { none: t`none`, low: t`few`, good: t`plenty` };
  const shown = left === null ? words[level] : format.number(left) + (capped ? "+" : "");
  const day = next && format.day(next.on);
  const then = next?.availability.quantity;
  const later = then === null || then === undefined ? "" : format.number(then);
  return (
    <span id={id} className={`${styles.stock} ${styles[level]}`}>
      {shown}
      {next && (
        <span className={short ? `${styles.later} ${styles.needed}` : styles.later}>
          {later ? (
            <Trans>
              {later} on {day}
            </Trans>
          ) : (
            <Trans>from {day}</Trans>
          )}
        </span>
      )}
    </span>
  );
}
