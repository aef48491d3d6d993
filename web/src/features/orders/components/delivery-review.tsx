import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Fault } from "@/api/problem";
import styles from "@/features/orders/components/place-page.module.css";
import { useFormat } from "@/i18n/format";
import type { Cart, CartLine } from "@/shared/cart/types";
import { TextField } from "@/ui/field";

interface Dates {
  requested?: string;
  cancelBy?: string;
}

interface Props {
  delivery: Cart["deliveries"][number];
  lines: CartLine[];
  dates: Dates;
  faults: Fault[];
  onDates: (dates: Dates) => void;
}

/** What one door gets in one delivery window, and when it wants it. */
export function DeliveryReview({ delivery, lines, dates, faults, onDates }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const faultAt = (name: string) => faults.find((fault) => fault.pointer.endsWith(name))?.detail;
  const sums = byColourway(lines);
  return (
    <section className={styles.delivery}>
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
      <ul className={styles.lines}>
        {sums.map(({ key, name, pieces }) => (
          <li key={key}>
            <span>{name}</span>
            <span>{format.number(pieces)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function byColourway(lines: CartLine[]) {
  const sums = new Map<string, { key: string; name: string; pieces: number }>();
  for (const line of lines) {
    const key = `${line.style}-${line.colour}`;
    const pieces = (sums.get(key)?.pieces ?? 0) + line.quantity;
    sums.set(key, { key, name: `${key} ${line.style_name}, ${line.colour_name}`, pieces });
  }
  return [...sums.values()];
}
