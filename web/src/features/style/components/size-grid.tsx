import { Trans, useLingui } from "@lingui/react/macro";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  useCallback,
  Fragment,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Style } from "@/features/style/api/get-style";
import { GridCell } from "@/features/style/components/grid-cell";
import { RowHead } from "@/features/style/components/row-head";
import styles from "@/features/style/components/size-grid.module.css";
import type { Grid } from "@/features/style/grid";
import { useFormat } from "@/i18n/format";
import { parseTable, placeTable, type Pasted } from "@/shared/quantity/paste";
import { Notice } from "@/ui/notice";

export interface Fault {
  severity: "error" | "warning";
  detail: string;
}

interface Props {
  style: Style;
  grid: Grid;
  /** Whether today's stock limits what can be ordered. */
  atOnce: boolean;
  readOnly: boolean;
  quantityOf: (sku: string) => number;
  faultOf: (sku: string) => Fault | undefined;
  onEdit: (changes: { sku: string; quantity: number }[]) => void;
}

/**
 * Colourways by sizes, worked like a spreadsheet: arrows and Enter move, Tab goes on, a
 * copied range is pasted, Ctrl+Enter fills the row.
 */
export function SizeGrid({ style, grid, atOnce, readOnly, quantityOf, faultOf, onEdit }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const table = useRef<HTMLTableElement>(null);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const fill = (row: number, quantity: number) =>
    onEdit(
      (grid.rows[row]?.skus ?? []).flatMap((sku) => (sku ? [{ sku: sku.sku, quantity }] : [])),
    );
  const focus = (row: number, column: number, down: number, across: number) => {
    let [r, c] = [row + down, column + across];
    while (grid.rows[r] && grid.columns[c] && !grid.rows[r]!.skus[c])
      [r, c] = [r + down, c + across];
    const input = table.current?.querySelector<HTMLInputElement>(`[data-place="${r},${c}"]`);
    input?.focus();
    input?.select();
    return Boolean(input);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const place = placeOf(event.target);
    if (!place) return;
    const [row, column, input] = place;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!readOnly) fill(row, Number(input.value) || 0);
      return;
    }
    const step = stepOf(event);
    if (step && focus(row, column, ...step)) event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent<HTMLTableElement>) => {
    const place = placeOf(event.target);
    if (!place || readOnly) return;
    event.preventDefault();
    const [row, column] = place;
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
  const latest = useRef(onEdit);
  latest.current = onEdit;
  const change = useCallback(
    (sku: string, quantity: number) => latest.current([{ sku, quantity }]),
    [],
  );
  const totals = useMemo(() => sums(grid, quantityOf), [grid, quantityOf]);
  const id = useId();
  const several = grid.rows.some((row) => row.second !== null);
  return (
    <>
      <div className={styles.scroll}>
        <table ref={table} className={styles.grid} onKeyDown={onKeyDown} onPaste={onPaste}>
          <caption className={styles.caption}>
            <Trans>
              Arrow keys and Enter move between cells, Ctrl+Enter fills the row, and ranges can be
              pasted from a spreadsheet.
            </Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col" className={styles.first}>
                <Trans>Colour</Trans>
              </th>
              {several && (
                <th scope="col">
                  <Trans>Length</Trans>
                </th>
              )}
              {grid.columns.map((column) => (
                <th key={column.key} scope="col" className={styles.size}>
                  {column.name}
                </th>
              ))}
              <th scope="col" className={styles.sum}>
                <Trans>Total</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {grid.rows.map((row, r) => (
              <Fragment key={row.key}>
                <tr>
                  <RowHead
                    row={row}
                    first={grid.rows[r - 1]?.colourway.id !== row.colourway.id}
                    prepacks={several ? [] : style.packs.prepacks}
                    readOnly={readOnly}
                    onFill={(quantity) => fill(r, quantity)}
                    onPack={(quantities) =>
                      onEdit(
                        row.skus.flatMap((sku) =>
                          sku && quantities[sku.size]
                            ? [
                                {
                                  sku: sku.sku,
                                  quantity: quantityOf(sku.sku) + quantities[sku.size]!,
                                },
                              ]
                            : [],
                        ),
                      )
                    }
                  />
                  {several && <th scope="row">{row.second}</th>}
                  {row.skus.map((sku, c) =>
                    sku ? (
                      <GridCell
                        key={sku.sku}
                        place={`${r},${c}`}
                        sku={sku}
                        label={t`${row.colourway.name}, size ${sku.size_name}`}
                        quantity={quantityOf(sku.sku)}
                        atOnce={atOnce}
                        readOnly={readOnly}
                        severity={faultOf(sku.sku)?.severity}
                        faults={faultOf(sku.sku) ? `${id}-${sku.sku}` : ""}
                        onChange={change}
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
      {pasted && <PasteResult pasted={pasted} />}
    </>
  );
}

interface RowFaultsProps {
  id: string;
  row: Grid["rows"][number];
  faultOf: Props["faultOf"];
  span: number;
}

/** What is wrong with cells of a row, right below them. */
function RowFaults({ id, row, faultOf, span }: RowFaultsProps) {
  const faulty = row.skus.flatMap((sku) => {
    const fault = sku && faultOf(sku.sku);
    return fault ? [{ sku, fault }] : [];
  });
  if (!faulty.length) return null;
  return (
    <tr className={styles.faults}>
      <td colSpan={span}>
        <ul>
          {faulty.map(({ sku, fault }) => (
            <li key={sku.sku} id={`${id}-${sku.sku}`} data-severity={fault.severity}>
              <strong>{sku.size_name}</strong> {fault.detail}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

function PasteResult({ pasted }: { pasted: Pasted }) {
  const format = useFormat();
  const texts = format.list(pasted.refused.slice(0, 5).map((text) => `“${text.slice(0, 20)}”`));
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

function placeOf(target: EventTarget): [number, number, HTMLInputElement] | null {
  if (!(target instanceof HTMLInputElement) || !target.dataset.place) return null;
  const [row, column] = target.dataset.place.split(",").map(Number);
  return [row!, column!, target];
}

/** Rows down and columns across that a key moves; null where it is the input's own. */
function stepOf(event: KeyboardEvent): [number, number] | null {
  if (event.altKey || event.metaKey || event.ctrlKey) return null;
  switch (event.key) {
    case "ArrowUp":
      return [-1, 0];
    case "ArrowDown":
      return [1, 0];
    case "Enter":
      return [event.shiftKey ? -1 : 1, 0];
    case "ArrowLeft":
      return [0, -1];
    case "ArrowRight":
      return [0, 1];
    default:
      return null;
  }
}

function sums(grid: Grid, quantityOf: (sku: string) => number) {
  const of = (skus: (Grid["rows"][number]["skus"][number] | undefined)[]) =>
    skus.reduce((sum, sku) => sum + (sku ? quantityOf(sku.sku) : 0), 0);
  const rows = grid.rows.map((row) => of(row.skus));
  const columns = grid.columns.map((_, c) => of(grid.rows.map((row) => row.skus[c])));
  return { rows, columns, all: rows.reduce((sum, each) => sum + each, 0) };
}
