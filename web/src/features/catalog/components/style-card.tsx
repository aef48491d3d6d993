import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { memo, useState } from "react";
import type { StyleItem } from "@/features/catalog/api/list-styles";
import styles from "@/features/catalog/components/style-card.module.css";
import { useFormat } from "@/i18n/format";
import { Availability } from "@/shared/availability";

interface Props {
  item: StyleItem;
  layout: "cards" | "list";
  /** Pieces of it in the current cart. */
  inCart: number;
}

/** A style at a glance: picture, colours, prices, stock, and whether it is in the cart. */
export const StyleCard = memo(function StyleCard({ item, layout, inCart }: Props) {
  const format = useFormat();
  const [colour, setColour] = useState(0);
  const shown = item.colourways[colour] ?? item.colourways[0];
  const pieces = format.number(inCart);
  const rrp = item.rrp && format.unitPrice(item.rrp);
  const from = format.money(item.price.from);
  return (
    <article className={`${styles.card} ${styles[layout]}`}>
      <div className={styles.picture}>
        {shown && <img src={shown.picture} alt="" loading="lazy" decoding="async" />}
      </div>
      <div className={styles.text}>
        <span className={styles.badges}>
          {item.new && (
            <span className={styles.new}>
              <Trans>New</Trans>
            </span>
          )}
          {inCart > 0 && (
            <span className={styles.inCart}>
              <Trans>{pieces} in cart</Trans>
            </span>
          )}
        </span>
        <h2 className={styles.name}>
          <Link to="/styles/$style" params={{ style: item.style }}>
            {item.name}
          </Link>
        </h2>
        <p className={styles.meta}>
          {item.style} · {item.category_name}
        </p>
        <ul className={styles.colours}>
          {item.colourways.slice(0, 8).map((each, index) => (
            <li key={each.id} onMouseEnter={() => setColour(index)}>
              <span
                role="img"
                aria-label={each.name}
                title={each.name}
                style={{ background: `#${each.hex}` }}
              />
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.figures}>
        <p className={styles.price}>{item.price.tiers ? <Trans>from {from}</Trans> : from}</p>
        <p className={styles.rrp}>{rrp && <Trans>RRP {rrp}</Trans>}</p>
        <Availability shown={item.availability} />
      </div>
    </article>
  );
});
