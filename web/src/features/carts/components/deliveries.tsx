import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import styles from "@/features/carts/components/deliveries.module.css";
import { useFormat } from "@/i18n/format";
import { type Cart, type CartLine, cellKey, type Check } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { MOST } from "@/shared/quantity/paste";
import { Button } from "@/ui/button";

interface Props {
  open: OpenCart;
  editable: boolean;
}

/** The lines, by the order that they become, then by colourway. */
export function Deliveries({ open, editable }: Props) {
  const checks = checksByLine(open.cart);
  return open.cart.deliveries.map((delivery) => {
    const lines = open.cart.lines.filter(
      (line) => line.door === delivery.door && line.window === delivery.window,
    );
    return (
      <section
        key={`${delivery.door} ${delivery.window}`}
        id={`${delivery.door}-${delivery.window}`}
        className={styles.delivery}
      >
        <DeliveryHead delivery={delivery} />
        {[...byColourway(lines)].map(([colourway, group]) => (
          <Colourway
            key={colourway}
            lines={group}
            checks={checks}
            open={open}
            editable={editable}
          />
        ))}
      </section>
    );
  });
}

function DeliveryHead({ delivery }: { delivery: Cart["deliveries"][number] }) {
  const format = useFormat();
  return (
    <header className={styles.head}>
      <h2>
        {delivery.door_name} ·{" "}
        {delivery.kind === "at_once" ? <Trans>At once</Trans> : delivery.window}
      </h2>
      <p>
        <Plural value={delivery.pieces} one="# piece" other="# pieces" /> ·{" "}
        <strong>{format.money(delivery.net)}</strong>
      </p>
    </header>
  );
}

interface ColourwayProps extends Props {
  lines: CartLine[];
  checks: Map<string, Check[]>;
}

function Colourway({ lines, checks, open, editable }: ColourwayProps) {
  const { t } = useLingui();
  const format = useFormat();
  const first = lines[0]!;
  const pieces = lines.reduce((sum, line) => sum + open.quantityOf(line), 0);
  const faults = faultsOf(lines, checks);
  return (
    <div className={styles.colourway}>
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
          {first.unit_price && <> · {format.unitPrice(first.unit_price)}</>}
        </small>
      </div>
      <div className={styles.sizes}>
        {lines.map((line) => (
          <label key={line.sku} className={styles.size}>
            <span>{line.size_name}</span>
            <input
              inputMode="numeric"
              aria-label={t`${line.style_name}, ${line.colour_name}, size ${line.size_name}`}
              aria-invalid={checks.get(cellKey(line))?.some(isError) || undefined}
              readOnly={!editable}
              value={open.quantityOf(line) || ""}
              onFocus={(event) => event.target.select()}
              onChange={(event) => {
                const digits = Number(event.target.value.replace(/\D/g, ""));
                set(open, line, Math.min(digits, MOST));
              }}
            />
          </label>
        ))}
      </div>
      <span className={styles.pieces}>{format.number(pieces)}</span>
      {faults.length > 0 && (
        <ul className={styles.faults}>
          {faults.map(({ check, lines: faulty }) => (
            <li key={check.code + check.detail} className={styles[check.severity]}>
              <span>
                <strong>{format.list(faulty.map((line) => line.size_name))}:</strong> {check.detail}
              </span>
              {editable && <Ways open={open} lines={faulty} check={check} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface WaysProps {
  open: OpenCart;
  lines: CartLine[];
  check: Check;
}

/** What the person can do about a shortage, or about what can't be had any more. */
function Ways({ open, lines, check }: WaysProps) {
  const format = useFormat();
  const left = check.code === "shortage" ? Number(check.data.left) : 0;
  const pieces = format.number(left);
  const multiple = check.code === "not_a_multiple" ? Number(check.data.multiple) : 0;
  const change = (quantityOf: (line: CartLine) => number) =>
    open.autosave.edit(
      lines.map((line) => ({
        sku: line.sku,
        door: line.door,
        window: line.window,
        quantity: quantityOf(line),
      })),
    );
  return (
    <span className={styles.ways}>
      {left > 0 && (
        <Button onPress={() => change(() => left)}>
          <Trans>Take {pieces}</Trans>
        </Button>
      )}
      {multiple > 0 && (
        <Button onPress={() => change((line) => Math.ceil(line.quantity / multiple) * multiple)}>
          <Trans>Round up</Trans>
        </Button>
      )}
      <Button onPress={() => change(() => 0)}>
        <Trans>Drop</Trans>
      </Button>
    </span>
  );
}

/** Faults of the lines, each with all the lines that have it. */
function faultsOf(lines: CartLine[], checks: Map<string, Check[]>) {
  const faults = new Map<string, { check: Check; lines: CartLine[] }>();
  for (const line of lines) {
    for (const check of checks.get(cellKey(line)) ?? []) {
      const known = faults.get(check.code + check.detail);
      if (known) known.lines.push(line);
      else faults.set(check.code + check.detail, { check, lines: [line] });
    }
  }
  return [...faults.values()];
}

const isError = (check: Check) => check.severity === "error";

function set(open: OpenCart, { sku, door, window }: CartLine, quantity: number): void {
  open.autosave.edit([{ sku, door, window, quantity }]);
}

function byColourway(lines: CartLine[]): Map<string, CartLine[]> {
  const groups = new Map<string, CartLine[]>();
  for (const line of lines) {
    const colourway = `${line.style}-${line.colour}`;
    groups.set(colourway, [...(groups.get(colourway) ?? []), line]);
  }
  return groups;
}

function checksByLine(cart: Cart): Map<string, Check[]> {
  const found = new Map<string, Check[]>();
  for (const check of cart.checks) {
    const index = /^\/lines\/(\d+)/.exec(check.pointer)?.[1];
    const line = index === undefined ? undefined : cart.lines[Number(index)];
    if (line) found.set(cellKey(line), [...(found.get(cellKey(line)) ?? []), check]);
  }
  return found;
}
