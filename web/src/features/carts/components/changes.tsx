import { Plural, Trans } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import styles from "@/features/carts/components/changes.module.css";
import { recentChanges } from "@/features/carts/recent-changes";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import type { Cart } from "@/shared/cart/types";
import { Counted } from "@/shared/quantity/counted";
import { useWindowName } from "@/shared/window-name";

const CHANGES = 12;
const COLOURWAYS = 5;

/** Who changed what of the cart's lines, the latest first. */
export function Changes({ cart }: { cart: Cart }) {
  const [isOpen, setOpen] = useState(false);
  if (!cart.lines.length) return null;
  return (
    <details className={styles.changes} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Trans>Who changed what</Trans>
      </summary>
      {isOpen && <List cart={cart} />}
    </details>
  );
}

function List({ cart }: { cart: Cart }) {
  const format = useFormat();
  const actor = useActor();
  const windowName = useWindowName();
  const deliveryNames = new Map(
    cart.deliveries.map((each) => [
      `${each.door} ${each.window}`,
      `${each.door_name} · ${windowName(each)}`,
    ]),
  );
  const changes = useMemo(() => recentChanges(cart, CHANGES), [cart]);
  return (
    <ol>
      {changes.map(({ key, at, colourways, pieces, unit, ...signed }) => (
        <li key={key}>
          <strong>{actor(signed)}</strong> <span className={styles.at}>{format.moment(at)}</span>{" "}
          <Counted value={pieces} unit={unit} />
          <ul>
            {colourways.slice(0, COLOURWAYS).map(({ key, name, door, window, sizes }) => (
              <li key={key}>
                {deliveryNames.get(`${door} ${window}`)} · {name} ·{" "}
                {sizes
                  .map(({ size, quantity }) => `${size}: ${format.number(quantity)}`)
                  .join(", ")}
              </li>
            ))}
            {colourways.length > COLOURWAYS && (
              <li>
                <Plural
                  value={colourways.length - COLOURWAYS}
                  one="and # more colourway"
                  other="and # more colourways"
                />
              </li>
            )}
          </ul>
        </li>
      ))}
    </ol>
  );
}
