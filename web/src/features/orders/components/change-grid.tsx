import { Trans, useLingui } from "@lingui/react/macro";
import { Fragment, type KeyboardEvent, useId, useRef } from "react";
import {
  isEnded,
  type Line,
  type Row,
  type StyleLines,
  type Wanted,
} from "@/features/orders/change";
import styles from "@/features/orders/components/change-order.module.css";
import { useFormat } from "@/i18n/format";
import { QuantityInput, useQuantityReason, useUnread } from "@/shared/quantity/quantity-input";

interface Props {
  style: StyleLines;
  wanted: Wanted;
  faultOf: (sku: string) => string | undefined;
  onEdit: (sku: string, quantity: number) => void;
}

const STEPS: Record<string, [down: number, across: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A style's lines, colourways by sizes; arrows and Enter move between cells. */
export function ChangeGrid({ style, wanted, onEdit, ...props }: Props) {
  const { unread, tell } = useUnread();
  const reasonOf = useQuantityReason();
  const faultOf = (sku: string) => {
    const text = unread.get(sku);
    return text === undefined ? props.faultOf(sku) : reasonOf(text);
  };
  const { t } = useLingui();
  const id = useId();
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const position = event.target instanceof HTMLInputElement && event.target.dataset.position;
    if (!position || event.altKey || event.ctrlKey || event.metaKey) return;
    const [down, across] =
      event.key === "Enter" ? [event.shiftKey ? -1 : 1, 0] : (STEPS[event.key] ?? [0, 0]);
    if (!down && !across) return;
    let [row, column] = position.split(",").map(Number) as [number, number];
    let input: HTMLInputElement | null = null;
    while (!input) {
      [row, column] = [row + down, column + across];
      if (!style.rows[row] || !style.sizes[column]) return;
      input = table.current!.querySelector(`[data-position="${row},${column}"]`);
    }
    event.preventDefault();
    input.focus();
    input.select();
  };
  return (
    <div className={styles.scroll}>
      <table ref={table} className={styles.grid} onKeyDown={onKeyDown}>
        <caption>
          <span>
            {style.name} <small>{style.style}</small>
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.colour}>
              <Trans>Colour</Trans>
            </th>
            {style.sizes.map((size) => (
              <th key={size.key} scope="col">
                {size.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {style.rows.map((row, r) => (
            <Fragment key={row.key}>
              <tr>
                <th scope="row" className={styles.colour}>
                  {row.name}
                </th>
                {row.lines.map((line, c) =>
                  line ? (
                    <Cell
                      key={line.sku}
                      id={`${id}-${line.sku}`}
                      position={`${r},${c}`}
                      line={line}
                      label={t`${row.name}, size ${line.size_name}`}
                      quantity={wanted.get(line.sku) ?? line.quantity}
                      fault={faultOf(line.sku)}
                      onEdit={onEdit}
                      onUnread={tell}
                    />
                  ) : (
                    <td key={style.sizes[c]!.key} />
                  ),
                )}
              </tr>
              <Faults id={id} row={row} faultOf={faultOf} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  id: string;
  position: string;
  line: Line;
  label: string;
  quantity: number;
  fault: string | undefined;
  onEdit: (sku: string, quantity: number) => void;
  onUnread: (sku: string, text: string | null) => void;
}

function Cell({ id, position, line, label, quantity, fault, onEdit, onUnread }: CellProps) {
  const format = useFormat();
  const before = format.number(line.quantity);
  if (isEnded(line)) {
    return (
      <td className={styles.ended}>
        {line.rejected && line.quantity > 0 ? <Trans>rejected</Trans> : <Trans>removed</Trans>}
      </td>
    );
  }
  const isChanged = quantity !== line.quantity;
  return (
    <td className={styles.cell} data-changed={isChanged || undefined}>
      <QuantityInput
        data-position={position}
        aria-label={label}
        aria-invalid={fault ? true : undefined}
        aria-describedby={[`${id}-before`, fault ? `${id}-fault` : ""].join(" ").trim()}
        quantity={quantity}
        onQuantity={(each) => onEdit(line.sku, each)}
        onUnread={(text) => onUnread(line.sku, text)}
      />
      <span id={`${id}-before`} className={styles.before}>
        {isChanged && quantity === 0 ? <Trans>removed, was {before}</Trans> : null}
        {isChanged && quantity > 0 ? <Trans>was {before}</Trans> : null}
      </span>
    </td>
  );
}

/** What is wrong with a colourway's cells, right below them. */
function Faults({
  id,
  row,
  faultOf,
}: {
  id: string;
  row: Row;
  faultOf: (sku: string) => string | undefined;
}) {
  const faulty = row.lines.filter((line): line is Line => Boolean(line && faultOf(line.sku)));
  if (!faulty.length) return null;
  return (
    <tr className={styles.faults}>
      <td colSpan={row.lines.length + 1}>
        <ul>
          {faulty.map((line) => (
            <li key={line.sku} id={`${id}-${line.sku}-fault`}>
              <strong>{line.size_name}</strong> {faultOf(line.sku)}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
