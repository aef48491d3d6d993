import { Trans, useLingui } from "@lingui/react/macro";
import {
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  Fragment,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Style } from "@/features/style/api/get-style";
import { GridCell } from "@/features/style/components/grid-cell";
import { RangeTools } from "@/features/style/components/range-tools";
import { type Fault, RowFaults } from "@/features/style/components/row-faults";
import { RowHead } from "@/features/style/components/row-head";
import styles from "@/features/style/components/size-grid.module.css";
import type { Grid } from "@/features/style/grid";
import {
  asTable,
  type QuantityChange,
  extendRange,
  fillRange,
  isIn,
  isSeveral,
  type Range,
  skusIn,
} from "@/features/style/selection";
import { useFormat } from "@/i18n/format";
import { firstLetters } from "@/shared/letters";
import { parseTable, placeTable, type Pasted } from "@/shared/quantity/paste";
import { readPieces } from "@/shared/quantity/pieces";
import { useQuantityReason, useUnread } from "@/shared/quantity/quantity-input";
import { Notice } from "@/ui/notice";

interface Props {
  style: Style;
  grid: Grid;
  /** Whether today's stock limits what can be ordered. */
  atOnce: boolean;
  readOnly: boolean;
  quantityOf: (sku: string) => number;
  faultOf: (sku: string) => Fault | undefined;
  /** What can be done about faults of these SKUs. */
  waysOf?: ((skus: string[]) => ReactNode) | undefined;
  /** `label` says in words what more than typing was done. */
  onEdit: (changes: QuantityChange[], label?: string) => void;
  /** Moves, copies or splits these SKUs; absent where there is nowhere to. */
  onTransfer?: ((skus: string[]) => void) | undefined;
}

/**
 * Colourways by sizes, worked like a spreadsheet: arrows and Enter move, Shift+arrows choose
 * several cells, ranges are copied and pasted, Ctrl+Enter, Ctrl+D and Ctrl+R fill.
 */
export function SizeGrid(props: Props) {
  const { style, grid, atOnce, readOnly, quantityOf, waysOf, onEdit, onTransfer } = props;
  const { t } = useLingui();
  const format = useFormat();
  const table = useRef<HTMLTableElement>(null);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const [range, setRange] = useState<Range | null>(null);
  const chosen = range && isSeveral(range) ? range : null;
  const { unread, tell } = useUnread();
  const reasonOf = useQuantityReason();
  const faultOf = (sku: string): Fault | undefined => {
    const text = unread.get(sku);
    if (text === undefined) return props.faultOf(sku);
    return { severity: "error", code: "unread", detail: reasonOf(text) };
  };
  const fill = (skus: string[], quantity: number) => onEdit(skus.map((sku) => ({ sku, quantity })));
  const skusOfRow = (row: number) =>
    (grid.rows[row]?.skus ?? []).flatMap((sku) => (sku ? [sku.sku] : []));
  const focus = (row: number, column: number, down: number, across: number) => {
    let [r, c] = [row + down, column + across];
    while (grid.rows[r] && grid.columns[c] && !grid.rows[r]!.skus[c])
      [r, c] = [r + down, c + across];
    const input = table.current?.querySelector<HTMLInputElement>(`[data-position="${r},${c}"]`);
    input?.focus();
    input?.select();
    return Boolean(input);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const position = positionOf(event.target);
    if (!position) return;
    const [row, column, input] = position;
    const here = range ?? rangeOf(row, column);
    const action = actionOf(event);
    if (action === "row") {
      const skus = chosen ? skusIn(grid, chosen) : skusOfRow(row);
      const quantity = readPieces(input.value || "0");
      if (!readOnly && typeof quantity === "number") fill(skus, quantity);
    } else if (action === "down" || action === "right") {
      if (!readOnly) onEdit(fillRange(grid, here, action, quantityOf));
    } else if (action === "empty" && chosen) {
      if (!readOnly) fill(skusIn(grid, chosen), 0);
    } else if (Array.isArray(action)) {
      setRange(extendRange(here, grid, action));
    } else {
      const step = stepOf(event);
      if (!step || !focus(row, column, ...step)) return;
    }
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent<HTMLTableElement>) => {
    const position = positionOf(event.target);
    setRange(position && rangeOf(position[0], position[1]));
  };
  const onMouseDown = (event: MouseEvent<HTMLTableElement>) => {
    const position = positionOf(event.target);
    if (!position || !event.shiftKey || !range) return;
    event.preventDefault();
    setRange({ ...range, to: { row: position[0], column: position[1] } });
  };
  const onCopy = (event: ClipboardEvent<HTMLTableElement>) => {
    if (!chosen || !positionOf(event.target)) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", asTable(grid, chosen, quantityOf));
  };
  const onPaste = (event: ClipboardEvent<HTMLTableElement>) => {
    const position = positionOf(event.target);
    if (!position || readOnly) return;
    event.preventDefault();
    const [row, column] = chosen ? cornerOf(chosen) : position;
    const cells = parseTable(event.clipboardData.getData("text/plain"));
    const placed = placeTable(cells, { row, column }, (at) =>
      Boolean(grid.rows[at.row]?.skus[at.column]),
    );
    setPasted(placed.refused.length || placed.outside ? placed : null);
    onEdit(
      placed.changes.map((at) => ({
        sku: grid.rows[at.row]!.skus[at.column]!.sku,
        quantity: at.quantity,
      })),
    );
  };
  // The same functions for every render, so that only what changed is rendered.
  const latest = useRef({ onEdit, quantityOf });
  latest.current = { onEdit, quantityOf };
  const edit = useCallback(
    (changes: QuantityChange[], label?: string) => latest.current.onEdit(changes, label),
    [],
  );
  const telling = useRef(tell);
  telling.current = tell;
  const onUnread = useCallback(
    (sku: string, text: string | null) => telling.current(sku, text),
    [],
  );
  const change = useCallback((sku: string, quantity: number) => edit([{ sku, quantity }]), [edit]);
  const current = useCallback((sku: string) => latest.current.quantityOf(sku), []);
  const totals = sums(grid, quantityOf);
  const id = useId();
  const several = grid.rows.some((row) => row.second !== null);
  const packs = useMemo(
    () => (several ? { ...style.packs, prepacks: [] } : style.packs),
    [several, style.packs],
  );
  return (
    <>
      <div className={styles.scroll}>
        <table
          ref={table}
          className={styles.grid}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          onMouseDown={onMouseDown}
          onCopy={onCopy}
          onPaste={onPaste}
        >
          <caption className={styles.caption}>
            <span>
              <Trans>
                Arrow keys and Enter move between cells, Shift with arrows chooses several,
                Ctrl+Enter fills the row, Ctrl+D fills down, Ctrl+R to the right, and ranges can be
                copied to and from a spreadsheet.
              </Trans>
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col" className={styles.first} rowSpan={several ? 2 : 1}>
                <Trans>Colour</Trans>
              </th>
              {several && (
                <>
                  <th scope="col" rowSpan={2}>
                    {grid.second === "cup" && <Trans>Cup</Trans>}
                    {grid.second === "width" && <Trans>Width</Trans>}
                    {grid.second === "length" && <Trans>Length</Trans>}
                  </th>
                  <th scope="colgroup" className={styles.size} colSpan={grid.columns.length}>
                    {grid.second === "cup" && <Trans>Band</Trans>}
                    {grid.second === "width" && <Trans>Size</Trans>}
                    {grid.second === "length" && <Trans>Waist</Trans>}
                  </th>
                </>
              )}
              {!several && <SizeHeads grid={grid} />}
              <th scope="col" className={styles.sum} rowSpan={several ? 2 : 1}>
                <Trans>Total</Trans>
              </th>
            </tr>
            {several && (
              <tr>
                <SizeHeads grid={grid} />
              </tr>
            )}
          </thead>
          <tbody>
            {grid.rows.map((row, r) => (
              <Fragment key={row.key}>
                <tr>
                  <RowHead
                    row={row}
                    first={grid.rows[r - 1]?.colourway.id !== row.colourway.id}
                    packs={packs}
                    unit={style.unit}
                    readOnly={readOnly}
                    quantityOf={current}
                    onEdit={edit}
                  />
                  {several && <th scope="row">{row.second}</th>}
                  {row.skus.map((sku, c) =>
                    sku ? (
                      <GridCell
                        key={sku.sku}
                        position={`${r},${c}`}
                        sku={sku}
                        label={t`${row.colourway.name}, size ${sku.size_name}`}
                        quantity={quantityOf(sku.sku)}
                        atOnce={atOnce}
                        readOnly={readOnly}
                        chosen={Boolean(chosen && isIn(chosen, r, c))}
                        severity={faultOf(sku.sku)?.severity}
                        faults={faultOf(sku.sku) ? `${id}-${sku.sku}` : ""}
                        onChange={change}
                        onUnread={onUnread}
                      />
                    ) : (
                      <td key={grid.columns[c]!.key} className={styles.none} />
                    ),
                  )}
                  <td className={styles.sum}>{format.number(totals.rows[r] ?? 0)}</td>
                </tr>
                <RowFaults
                  id={id}
                  row={row}
                  faultOf={faultOf}
                  waysOf={waysOf}
                  span={grid.columns.length + (several ? 3 : 2)}
                />
              </Fragment>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className={styles.first} colSpan={several ? 2 : 1}>
                <Trans>Total</Trans>
              </th>
              {grid.columns.map((column, c) => (
                <td key={column.key} className={styles.size}>
                  {totals.columns[c] ? format.number(totals.columns[c]) : ""}
                </td>
              ))}
              <td className={styles.sum}>{format.number(totals.all)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      {chosen && !readOnly && (
        <RangeTools
          cells={skusIn(grid, chosen).length}
          pieces={skusIn(grid, chosen).reduce((sum, sku) => sum + quantityOf(sku), 0)}
          unit={style.unit}
          onFill={(way) => onEdit(fillRange(grid, chosen, way, quantityOf))}
          onClear={() => fill(skusIn(grid, chosen), 0)}
          onTransfer={onTransfer && (() => onTransfer(skusIn(grid, chosen)))}
        />
      )}
      {pasted && <PasteResult pasted={pasted} />}
    </>
  );
}

function PasteResult({ pasted }: { pasted: Pasted }) {
  const format = useFormat();
  const texts = format.list(
    pasted.refused.slice(0, 5).map((text) => `“${firstLetters(text, 20)}”`),
  );
  const outside = format.number(pasted.outside);
  return (
    <Notice kind="warning">
      {pasted.refused.length > 0 && (
        <span>
          <Trans>Not a whole number and left out: {texts}.</Trans>
        </span>
      )}
      {pasted.outside > 0 && (
        <span>
          <Trans>Beyond the sizes of this style and left out: {outside}.</Trans>
        </span>
      )}
    </Notice>
  );
}

function positionOf(target: EventTarget): [number, number, HTMLInputElement] | null {
  if (!(target instanceof HTMLInputElement) || !target.dataset.position) return null;
  const [row, column] = target.dataset.position.split(",").map(Number);
  return [row!, column!, target];
}

const rangeOf = (row: number, column: number): Range => ({
  from: { row, column },
  to: { row, column },
});

const cornerOf = ({ from, to }: Range): [row: number, column: number] => [
  Math.min(from.row, to.row),
  Math.min(from.column, to.column),
];

const ARROWS: Record<string, [down: number, across: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** What keys do with several cells; an arrow's step draws the range on. */
function actionOf(event: KeyboardEvent) {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (key === "enter") return "row";
    if (event.shiftKey) return null;
    return key === "d" ? "down" : key === "r" ? "right" : null;
  }
  if (event.key === "Delete") return "empty";
  return event.shiftKey ? (ARROWS[event.key] ?? null) : null;
}

/** Rows down and columns across that a key moves; null where it is the input's own. */
function stepOf(event: KeyboardEvent): [number, number] | null {
  if (event.altKey || event.metaKey || event.ctrlKey) return null;
  if (event.key === "Enter") return [event.shiftKey ? -1 : 1, 0];
  return ARROWS[event.key] ?? null;
}

function sums(grid: Grid, quantityOf: (sku: string) => number) {
  const of = (skus: (Grid["rows"][number]["skus"][number] | undefined)[]) =>
    skus.reduce((sum, sku) => sum + (sku ? quantityOf(sku.sku) : 0), 0);
  const rows = grid.rows.map((row) => of(row.skus));
  const columns = grid.columns.map((_, c) => of(grid.rows.map((row) => row.skus[c])));
  return { rows, columns, all: rows.reduce((sum, each) => sum + each, 0) };
}

function SizeHeads({ grid }: { grid: Grid }) {
  return grid.columns.map((column) => (
    <th key={column.key} scope="col" className={styles.size}>
      {column.name}
    </th>
  ));
}
