import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Fragment, memo, useId } from "react";
import styles from "@/features/carts/components/deliveries.module.css";
import { type ColourwayRow, savedLine, type ShownLine } from "@/features/carts/cart-rows";
import { useFormat } from "@/i18n/format";
import { type CartLine, cellKey, type Check } from "@/shared/cart/types";
import { type OpenCart, usePieces, useQuantity, useSavingOf } from "@/shared/cart/use-cart";
import { Ways } from "@/shared/cart/ways";
import { QuantityInput, useQuantityReason, useUnread } from "@/shared/quantity/quantity-input";

interface Props {
  row: ColourwayRow;
  checks: Map<string, Check[]>;
  open: OpenCart;
  editable: boolean;
  selected: boolean;
  onSelect: (row: string) => void;
}

/** A colourway in one delivery: its sizes, what they cost, what is wrong, who changed it. */
export const Colourway = memo(function Colourway(props: Props) {
  const { row, checks, open, editable, selected, onSelect } = props;
  const { t } = useLingui();
  const id = useId();
  const format = useFormat();
  const first = row.lines[0]!;
  const name = `${first.style_name}, ${first.colour_name}`;
  const { unread, tell } = useUnread();
  const prices = pricesOf(row.lines);
  return (
    <div className={styles.colourway}>
      {editable && (
        <input
          type="checkbox"
          className={styles.select}
          aria-label={t`Choose ${name}`}
          checked={selected}
          onChange={() => onSelect(row.key)}
        />
      )}
      <div className={styles.name}>
        <Link
          to="/styles/$style"
          params={{ style: first.style }}
          search={{ door: first.door, window: first.window }}
        >
          {first.style_name}
        </Link>
        <small>
          {first.style}-{first.colour} · {first.colour_name}
          {prices.map(({ sizes, net, list }) => (
            <Fragment key={sizes.join()}>
              {" "}
              · {prices.length > 1 && `${format.list(sizes)}: `}
              {list && (
                <>
                  <s>{format.unitPrice(list)}</s>{" "}
                </>
              )}
              {format.unitPrice(net)}
            </Fragment>
          ))}
        </small>
        <LastChange lines={row.lines} />
      </div>
      <div className={styles.sizes}>
        {row.lines.map((line) => (
          <Size
            key={line.sku}
            line={line}
            open={open}
            editable={editable}
            faulty={checks.get(cellKey(line))?.some(isError) ?? false}
            unreadId={`${id}-unread`}
            onUnread={(text) => tell(line.sku, text)}
          />
        ))}
      </div>
      <Pieces open={open} lines={row.lines} />
      <Unread id={`${id}-unread`} lines={row.lines} unread={unread} />
      <Faults open={open} lines={row.lines} checks={checks} editable={editable} />
    </div>
  );
});

interface SizesPrice {
  sizes: string[];
  net: NonNullable<CartLine["unit_price"]>;
  list: CartLine["list_price"];
}

/** What the sizes cost: one price, or each with the sizes that it is of. */
function pricesOf(lines: ShownLine[]): SizesPrice[] {
  const found = new Map<string, SizesPrice>();
  for (const line of lines.map(savedLine)) {
    if (!line?.unit_price) continue;
    const { unit_price: net, list_price: list, size_name: size } = line;
    const key = `${net.amount} ${net.per} ${list?.amount}`;
    const known = found.get(key);
    if (known) known.sizes.push(size);
    else found.set(key, { sizes: [size], net, list });
  }
  return [...found.values()];
}

interface SizeProps {
  line: ShownLine;
  open: OpenCart;
  editable: boolean;
  faulty: boolean;
  /** Where it is told what can't be read. */
  unreadId: string;
  onUnread: (text: string | null) => void;
}

function Size({ line, open, editable, faulty, unreadId, onUnread }: SizeProps) {
  const { t } = useLingui();
  const quantity = useQuantity(open, line);
  const { sku, door, window } = line;
  return (
    <label className={styles.size}>
      <span>{line.size_name}</span>
      <QuantityInput
        data-cell=""
        aria-describedby={unreadId}
        aria-label={t`${line.style_name}, ${line.colour_name}, size ${line.size_name}`}
        aria-invalid={faulty || undefined}
        readOnly={!editable}
        quantity={quantity}
        onQuantity={(each) => open.autosave.edit([{ sku, door, window, quantity: each }])}
        onUnread={onUnread}
      />
    </label>
  );
}

/** What was typed and can't be read. */
function Unread(props: { id: string; lines: ShownLine[]; unread: ReadonlyMap<string, string> }) {
  const { id, lines, unread } = props;
  const reasonOf = useQuantityReason();
  const told = lines.filter((line) => unread.has(line.sku));
  if (!told.length) return null;
  return (
    <ul id={id} className={styles.faults} role="alert">
      {told.map((line) => (
        <li key={line.sku} className={styles.error}>
          <span className={styles.details}>
            <span>
              <strong>{line.size_name}:</strong> {reasonOf(unread.get(line.sku)!)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Pieces({ open, lines }: { open: OpenCart; lines: ShownLine[] }) {
  const format = useFormat();
  return <span className={styles.pieces}>{format.number(usePieces(open, lines))}</span>;
}

/** Who was the last to change the row, and when. */
function LastChange({ lines }: { lines: ShownLine[] }) {
  const format = useFormat();
  const changes = lines.flatMap((line) => savedLine(line)?.changed ?? []);
  const last = changes.reduce((a, b) => (a && a.at > b.at ? a : b), changes[0]);
  if (!last) return null;
  const { by } = last;
  const at = format.moment(last.at);
  return (
    <small>
      <Trans>
        {by}, {at}
      </Trans>
    </small>
  );
}

type FaultsProps = Pick<Props, "open" | "checks" | "editable"> & { lines: ShownLine[] };

/** What the service found wrong, told once for all sizes that have it. */
function Faults({ open, lines, checks, editable }: FaultsProps) {
  const format = useFormat();
  // What was entered since is not what was found wrong.
  const edited = useSavingOf(open, ({ edits }) =>
    edits.size === 0
      ? ""
      : lines
          .map((line) => line.sku)
          .filter((_, index) => edits.has(cellKey(lines[index]!)))
          .join(),
  );
  const changed = new Set(edited.split(","));
  const faults = new Map<string, { line: CartLine; check: Check }[]>();
  for (const line of lines.map(savedLine)) {
    if (!line || changed.has(line.sku)) continue;
    for (const check of checks.get(cellKey(line)) ?? []) {
      const same = check.code === "shortage" ? check.code : check.code + check.detail;
      faults.set(same, [...(faults.get(same) ?? []), { line, check }]);
    }
  }
  if (!faults.size) return null;
  return (
    <ul className={styles.faults}>
      {[...faults].map(([key, faulty]) => (
        <li key={key} className={styles[faulty[0]!.check.severity]}>
          <span className={styles.details}>
            {[...byDetail(faulty)].map(([detail, sizes]) => (
              <span key={detail}>
                <strong>{format.list(sizes)}:</strong> {detail}
              </span>
            ))}
          </span>
          {editable && <Ways open={open} faulty={faulty} />}
        </li>
      ))}
    </ul>
  );
}

function byDetail(faulty: { line: CartLine; check: Check }[]): Map<string, string[]> {
  const details = new Map<string, string[]>();
  for (const { line, check } of faulty) {
    details.set(check.detail, [...(details.get(check.detail) ?? []), line.size_name]);
  }
  return details;
}

const isError = (check: Check) => check.severity === "error";
