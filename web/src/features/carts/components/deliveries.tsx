import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useCallback, useImperativeHandle, useMemo, useState } from "react";
import { type CartRow, checksByLine, type DeliveryRow, rowsOf } from "@/features/carts/cart-rows";
import { Colourway } from "@/features/carts/components/colourway-row";
import styles from "@/features/carts/components/deliveries.module.css";
import { SelectionBar } from "@/features/carts/components/selection-bar";
import { Stretched, type StretchedHandle } from "@/features/carts/components/stretched";
import { useFormat } from "@/i18n/format";
import { cellKey, type DeliveryKey, deliveryKey } from "@/shared/cart/types";
import { type OpenCart, useSavingOf } from "@/shared/cart/use-cart";
import { Counted } from "@/shared/quantity/counted";
import { useScope } from "@/shared/scope";

export interface DeliveriesHandle {
  /** Shows the lines of a door and delivery window, and goes there. */
  go: (delivery: DeliveryKey) => void;
}

interface Props {
  open: OpenCart;
  editable: boolean;
  handle: React.Ref<DeliveriesHandle>;
}

/** The lines, by the order that they become, then by colourway. */
export function Deliveries({ open, editable, handle }: Props) {
  const entered = useEntered(open);
  const rows = useMemo(
    () => rowsOf(open.cart, entered ? entered.split("\f") : []),
    [open.cart, entered],
  );
  const checks = useMemo(() => checksByLine(open.cart), [open.cart]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = useCallback((keys: string[], chosen?: boolean) => {
    setSelected((before) => {
      const after = new Set(before);
      for (const key of keys) {
        if (chosen ?? !before.has(key)) after.add(key);
        else after.delete(key);
      }
      return after;
    });
  }, []);
  const toggle = useCallback((key: string) => select([key]), [select]);
  const [list, setList] = useState<StretchedHandle | null>(null);
  useImperativeHandle(
    handle,
    () => ({
      go(delivery) {
        const index = rows.findIndex((row) => row.key === deliveryKey(delivery));
        list?.show(index, headId(delivery));
      },
    }),
    [rows, list],
  );
  if (!rows.length) return null;
  const allKeys = rows.filter((row) => row.kind === "colourway").map((row) => row.key);
  return (
    <div className={styles.deliveries} onKeyDown={moveInRows}>
      {editable && (
        <SelectionBar
          open={open}
          rows={rows}
          selected={selected}
          onAll={() => select(allKeys, true)}
          onNone={() => setSelected(new Set())}
        />
      )}
      <Stretched
        handle={setList}
        count={rows.length}
        keyOf={(index) => rows[index]!.key}
        heightOf={(index) => (rows[index]!.kind === "delivery" ? 72 : 104)}
        render={(index) => {
          const row = rows[index]!;
          if (row.kind === "delivery") {
            return (
              <DeliveryHead
                row={row}
                editable={editable}
                keys={colourwaysOf(rows, index)}
                selected={selected}
                onSelect={select}
              />
            );
          }
          return (
            <Colourway
              row={row}
              checks={checks}
              open={open}
              editable={editable}
              selected={selected.has(row.key)}
              onSelect={toggle}
            />
          );
        }}
      />
    </div>
  );
}

/** Cells with pieces that the cart does not have yet, as one text that stays the same. */
function useEntered(open: OpenCart): string {
  const known = useMemo(() => new Set(open.cart.lines.map(cellKey)), [open.cart]);
  return useSavingOf(open, ({ edits }) => {
    const keys = [];
    for (const [key, quantity] of edits) if (quantity && !known.has(key)) keys.push(key);
    return keys.join("\f");
  });
}

interface HeadProps {
  row: DeliveryRow;
  editable: boolean;
  /** The rows below it. */
  keys: string[];
  selected: ReadonlySet<string>;
  onSelect: (keys: string[], chosen: boolean) => void;
}

function DeliveryHead({ row, editable, keys, selected, onSelect }: HeadProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { doors } = useScope();
  const { delivery } = row;
  const door = delivery?.door_name ?? doors.find((each) => each.id === row.door)?.name ?? row.door;
  const window = delivery?.kind === "at_once" ? t`At once` : row.window;
  const dates =
    delivery?.ship_from && delivery.ship_to && format.dates(delivery.ship_from, delivery.ship_to);
  const cutOff = delivery?.cut_off && format.date(delivery.cut_off);
  const missing = delivery && format.money(delivery.missing);
  const all = keys.every((key) => selected.has(key));
  return (
    <header className={styles.head}>
      {editable && (
        <input
          type="checkbox"
          className={styles.select}
          aria-label={t`Choose all of ${door}, ${window}`}
          checked={all}
          onChange={() => onSelect(keys, !all)}
        />
      )}
      <div>
        <h2 id={headId(row)} tabIndex={-1}>
          {door} · {window}
        </h2>
        {dates && cutOff && (
          <small>
            <Trans>
              Ships {dates}, orders until {cutOff}
            </Trans>
          </small>
        )}
      </div>
      {delivery && (
        <p>
          <Counted value={delivery.pieces} unit={delivery.unit} /> ·{" "}
          <strong>{format.money(delivery.net)}</strong>
          {delivery.missing.amount > 0 && (
            <small className={styles.error}>
              <Trans>{missing} to the minimum</Trans>
            </small>
          )}
        </p>
      )}
    </header>
  );
}

const headId = (delivery: DeliveryKey) => `${delivery.door}-${delivery.window}`;

/** The keys of the colourways that follow the delivery at `index`. */
function colourwaysOf(rows: CartRow[], index: number): string[] {
  const keys = [];
  for (let next = index + 1; rows[next]?.kind === "colourway"; next += 1)
    keys.push(rows[next]!.key);
  return keys;
}

/** Arrows and Enter go from size to size, and from colourway to colourway. */
function moveInRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(event.target instanceof HTMLInputElement) || !("cell" in event.target.dataset)) return;
  const inRow = (row: Element) => [...row.querySelectorAll<HTMLInputElement>("[data-cell]")];
  const row = event.target.closest("[data-row]");
  const cells = row ? inRow(row) : [];
  const at = cells.indexOf(event.target);
  const down = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  const across = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  let next: HTMLInputElement | undefined;
  if (across) next = cells[at + across];
  else if (down) {
    const rows = [...event.currentTarget.querySelectorAll("[data-row]")].filter(
      (each) => inRow(each).length,
    );
    const target = rows[rows.indexOf(row!) + down];
    const there = target ? inRow(target) : [];
    next = there[Math.min(at, there.length - 1)];
  }
  if (!next) return;
  event.preventDefault();
  next.focus();
}
