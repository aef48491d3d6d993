import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useRouter } from "@tanstack/react-router";
import { memo, useState } from "react";
import type { StyleItem } from "@/features/catalog/api/list-styles";
import { Glance, type ShipDates } from "@/features/catalog/components/glance";
import styles from "@/features/catalog/components/style-card.module.css";
import { Picture } from "@/ui/picture";
import { useFormat } from "@/i18n/format";
import { leaveCatalog } from "@/shared/last-catalog";

const SWATCHES = 8;

interface Props {
  item: StyleItem;
  layout: "cards" | "list";
  /** Pieces of it in the current cart. */
  inCart: number;
  isPicked: boolean;
  onPick: (style: string, isPicked: boolean) => void;
  /** The delivery windows that are looked at, the first to ship first; none for all. */
  wanted: readonly string[];
  preBook: ShipDates;
  isPreBook: boolean;
  /** Whether its picture is on the first screen, and loaded before those that may never be. */
  isFirst: boolean;
}

/** A style at a glance: picture, colours, prices, stock, and whether it is in the cart. */
export const StyleCard = memo(function StyleCard(props: Props) {
  const { item, layout, inCart, isPicked, onPick, wanted, preBook, isPreBook, isFirst } = props;
  const { t } = useLingui();
  const format = useFormat();
  const router = useRouter();
  const [colour, setColour] = useState(0);
  const shown = item.colourways[colour] ?? item.colourways[0];
  const pieces = format.number(inCart);
  const more = format.number(item.colourways.length - SWATCHES);
  const { name } = item;
  const window = wanted.find((id) => item.windows.includes(id));
  return (
    <article className={`${styles.card} ${styles[layout]} ${isPicked ? styles.picked : ""}`}>
      <div className={styles.picture}>
        {shown && (
          <Picture
            src={shown.picture}
            alt={`${name}, ${shown.name}`}
            hex={shown.hex}
            size={400}
            loading={isFirst ? "eager" : "lazy"}
          />
        )}
      </div>
      <label className={styles.pick} title={t`On the line sheet`}>
        <input
          type="checkbox"
          checked={isPicked}
          aria-label={t`${name}: on the line sheet`}
          onChange={() => onPick(item.style, !isPicked)}
        />
      </label>
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
      <div className={styles.text}>
        <h2 className={styles.name}>
          <Link
            to="/styles/$style"
            params={{ style: item.style }}
            search={window ? { window } : {}}
            data-style={item.style}
            onClick={() => leaveCatalog(router.state.location, item.style)}
          >
            {name}
          </Link>
        </h2>
        <p className={styles.meta}>
          {item.style} · {item.category_name}
        </p>
      </div>
      <ul className={styles.colours} aria-label={t`Colours`} onMouseLeave={() => setColour(0)}>
        {item.colourways.slice(0, SWATCHES).map((each, index) => (
          <li key={each.id} onMouseEnter={() => setColour(index)}>
            <span
              role="img"
              aria-label={each.name}
              title={each.name}
              style={{ background: `#${each.hex}` }}
            />
          </li>
        ))}
        {item.colourways.length > SWATCHES && <li className={styles.more}>+{more}</li>}
      </ul>
      <Prices item={item} />
      <div className={styles.stock}>
        <Glance item={item} preBook={preBook} isPreBook={isPreBook} />
      </div>
    </article>
  );
});

/** What a piece costs, what it costs in the best tier, and what the shop should charge. */
function Prices({ item: { price, rrp } }: { item: StyleItem }) {
  const format = useFormat();
  const best = format.money(price.from);
  const charged = rrp && format.unitPrice(rrp);
  const listed = price.list_price && format.money(price.list_price);
  const { from, to } = price.sizes ?? { from: price.to, to: price.to };
  return (
    <div className={styles.prices}>
      <p className={styles.price}>
        {format.money(from)}
        {to.amount > from.amount && ` – ${format.money(to)}`}
      </p>
      <p className={styles.rrp}>{charged && <Trans>RRP {charged}</Trans>}</p>
      <p className={styles.best}>
        {listed && <Trans>List price {listed}</Trans>}
        {listed && price.tiers && " · "}
        {price.tiers && <Trans>from {best} by quantity</Trans>}
      </p>
    </div>
  );
}
