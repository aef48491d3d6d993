import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Fault } from "@/api/problem";
import styles from "@/features/orders/components/place-page.module.css";
import { useFormat } from "@/i18n/format";
import type { Cart, CartLine, Check } from "@/shared/cart/types";
import { Counted } from "@/shared/quantity/counted";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";

/** So many colourways are shown at once; more are opened by the person. */
const SHOWN = 12;

interface Dates {
  requested?: string;
  cancelBy?: string;
}

interface Checked {
  check: Check;
  line: CartLine | null;
  settled: boolean;
}

interface Props {
  id: string;
  delivery: Cart["deliveries"][number];
  lines: CartLine[];
  dates: Dates;
  faults: Fault[];
  /** What is wrong with it or with a line, and whether the date that is chosen settles it. */
  checks: Checked[];
  /** The first day that all of it can be had, where that is not now. */
  firstDay: string | null;
  onDates: (dates: Dates) => void;
}

/** What one door gets in one delivery window, and when it wants it. */
export function DeliveryReview(props: Props) {
  const { id, delivery, lines, dates, faults, checks, firstDay, onDates } = props;
  const { t } = useLingui();
  const format = useFormat();
  const faultAt = (name: string) => faults.find((fault) => fault.pointer.endsWith(name))?.detail;
  const window = delivery.kind === "at_once" ? t`At once` : delivery.window;
  return (
    <section
      id={id}
      tabIndex={-1}
      className={styles.delivery}
      aria-label={`${delivery.door_name} · ${window}`}
    >
      <header className={styles.head}>
        <h2>
          {delivery.door_name} · {window}
        </h2>
        <p>
          <Counted value={delivery.pieces} unit={delivery.unit} /> ·{" "}
          <strong>{format.money(delivery.net)}</strong>
        </p>
      </header>
      <Window delivery={delivery} />
      {/* Why VAT is charged all the same, the cart's own warning says. */}
      {delivery.vat.exemption && <p className={styles.note}>{delivery.vat.note}</p>}
      <div className={styles.dates}>
        <TextField
          label={t`Wanted on`}
          type="date"
          hint={t`Empty: as early as possible`}
          min={delivery.ship_from ?? undefined}
          max={delivery.ship_to ?? undefined}
          value={dates.requested ?? ""}
          fault={faultAt("requested_on")}
          onChange={(event) => onDates({ ...dates, requested: event.target.value })}
        />
        <TextField
          label={t`Not later than`}
          type="date"
          hint={t`Empty: no limit`}
          min={dates.requested || delivery.ship_from || undefined}
          value={dates.cancelBy ?? ""}
          fault={faultAt("cancel_by")}
          onChange={(event) => onDates({ ...dates, cancelBy: event.target.value })}
        />
      </div>
      <Checks
        checks={checks}
        firstDay={firstDay}
        onDay={(requested) => onDates({ ...dates, requested })}
      />
      <Lines lines={lines} />
    </section>
  );
}

function Window({ delivery }: { delivery: Props["delivery"] }) {
  const format = useFormat();
  if (!delivery.ship_from || !delivery.ship_to || !delivery.cut_off) return null;
  const dates = format.dates(delivery.ship_from, delivery.ship_to);
  const cutOff = format.date(delivery.cut_off);
  return (
    <p className={styles.note}>
      <Trans>
        Ships {dates}, orders until {cutOff}
      </Trans>
    </p>
  );
}

interface ChecksProps extends Pick<Props, "checks" | "firstDay"> {
  onDay: (day: string) => void;
}

function Checks({ checks, firstDay, onDay }: ChecksProps) {
  const format = useFormat();
  const open = checks.filter(({ settled }) => !settled);
  const day = firstDay && format.date(firstDay);
  const serious = open.some(({ check }) => check.severity === "error");
  if (!checks.length) return null;
  if (!open.length) {
    return (
      <Notice>
        <Trans>What was short can be had by the date that you chose.</Trans>
      </Notice>
    );
  }
  return (
    <Notice kind={serious ? "error" : "warning"}>
      <ul>
        {[...byText(open)].map(([text, sizes]) => (
          <li key={text}>
            {text}
            {sizes.length > 0 && ` (${format.list(sizes)})`}
          </li>
        ))}
      </ul>
      {day && (
        <Button onPress={() => onDay(firstDay)}>
          <Trans>Wish for {day}, when all can be had</Trans>
        </Button>
      )}
    </Notice>
  );
}

/** Each text once, followed by the sizes that it is about where it does not name its SKU. */
function byText(checks: Checked[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { check, line } of checks) {
    const isNamed = !line || check.detail.includes(line.sku);
    const colourway = line && `${line.style}-${line.colour}`;
    const text = isNamed ? check.detail : `${colourway}: ${check.detail}`;
    found.set(text, [...(found.get(text) ?? []), ...(isNamed ? [] : [line.size_name])]);
  }
  return found;
}

function Lines({ lines }: { lines: CartLine[] }) {
  const sums = byColourway(lines);
  const list = (
    <ul className={styles.lines}>
      {sums.map(({ key, ...sum }) => (
        <Colourway key={key} {...sum} />
      ))}
    </ul>
  );
  if (sums.length <= SHOWN) return list;
  return (
    <details>
      <summary>
        <Plural value={sums.length} one="# colourway" other="# colourways" />
      </summary>
      {list}
    </details>
  );
}

interface Sum {
  key: string;
  name: string;
  pieces: number;
  sizes: { name: string; quantity: number }[];
}

function Colourway({ name, pieces, sizes }: Omit<Sum, "key">) {
  const format = useFormat();
  return (
    <li>
      <span>
        {name}
        <small>
          {sizes
            .map((size) => `${size.name}:\u00a0${format.number(size.quantity)}`)
            .join("\u00a0· ")}
        </small>
      </span>
      <span>{format.number(pieces)}</span>
    </li>
  );
}

function byColourway(lines: CartLine[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const line of lines) {
    const key = `${line.style}-${line.colour}`;
    const sum = sums.get(key) ?? {
      key,
      name: `${key} ${line.style_name}, ${line.colour_name}`,
      pieces: 0,
      sizes: [],
    };
    sum.pieces += line.quantity;
    sum.sizes.push({ name: line.size_name, quantity: line.quantity });
    sums.set(key, sum);
  }
  return [...sums.values()];
}
