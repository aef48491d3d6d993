import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { picturesQuery } from "@/features/approvals/api/pictures";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { ColourwayPicture } from "@/features/approvals/components/colourway-picture";
import { useFormat } from "@/i18n/format";
import type { Approval } from "@/shared/approval/approvals";
import { Counted } from "@/shared/quantity/counted";
import { useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";

type Order = Approval["placed"][number];
type Line = Order["lines"][number];

/** One order of those that wait: its colourways with pictures, sizes and what they cost. */
export function Delivery({ order }: { order: Order }) {
  const format = useFormat();
  const windowName = useWindowName();
  const { number, door } = order;
  const used = [...new Set(order.lines.map(({ style }) => style))].sort();
  const { data: pictures } = useQuery(picturesQuery(useScopeKey(), used));
  return (
    <section className={styles.delivery} aria-label={number}>
      <h2>
        {door.name} · {windowName(order)} · {format.date(order.requested_on)}
      </h2>
      <p>
        <Link to="/orders/$number" params={{ number }}>
          {number}
        </Link>{" "}
        · <Counted value={order.pieces} unit={order.unit} /> · {format.money(order.net)}
      </p>
      {byColourway(order.lines).map((lines) => {
        const { style, colour, style_name: name, colour_name: colourName } = lines[0]!;
        return (
          <div key={`${style}-${colour}`} className={styles.colourway}>
            <ColourwayPicture shown={pictures?.get(`${style}-${colour}`)} />
            <div className={styles.name}>
              <strong>{name}</strong>
              <small>
                {style}-{colour} · {colourName}
              </small>
              <div className={styles.sizes}>
                {lines.map((line) => (
                  <span key={line.position} className={styles.size}>
                    <small>{line.size_name}</small>
                    {format.number(line.quantity)}
                  </span>
                ))}
              </div>
            </div>
            <strong>{format.money(sumOf(lines))}</strong>
          </div>
        );
      })}
    </section>
  );
}

function byColourway(lines: Line[]): Line[][] {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    const key = `${line.style}-${line.colour}`;
    found.set(key, [...(found.get(key) ?? []), line]);
  }
  return [...found.values()];
}

const sumOf = (lines: Line[]) => ({
  amount: lines.reduce((sum, { amount }) => sum + amount.amount, 0),
  currency: lines[0]!.amount.currency,
});
