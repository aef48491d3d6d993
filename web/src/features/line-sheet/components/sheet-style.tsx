import { Trans, useLingui } from "@lingui/react/macro";
import { Fragment, memo } from "react";
import type { Colourway, Style, Window } from "@/features/line-sheet/api/get-line-sheet";
import styles from "@/features/line-sheet/components/sheet-style.module.css";
import { sizesOf, windowsOf } from "@/features/line-sheet/contents";
import { useFormat } from "@/i18n/format";
import { ownPrices } from "@/shared/own-prices";
import { Button } from "@/ui/button";
import { Picture } from "@/ui/picture";
import { Icon } from "@/ui/icon";

/** Stays with what is before it. */
const SEPARATOR = "\u00a0· ";

interface Props {
  style: Style;
  withWholesale: boolean;
  withGtins: boolean;
  /** The one that the sheet is for; without one, the style tells its own. */
  window: Window | undefined;
  onRemove: (style: string) => void;
}

/** One style, never broken between two pages. */
export const SheetStyle = memo(function SheetStyle(props: Props) {
  const { style, withWholesale, withGtins, window, onRemove } = props;
  const { t } = useLingui();
  const [first] = style.colourways;
  const { name } = style;
  return (
    <article className={styles.style}>
      {first && (
        <Picture
          className={styles.picture}
          src={first.picture}
          alt={name}
          hex={first.hex}
          size={400}
        />
      )}
      <div className={styles.text}>
        <h3>
          {name}
          {style.new && (
            <span className={styles.new}>
              <Trans>New</Trans>
            </span>
          )}
        </h3>
        <p className={styles.number}>
          {style.style} · {style.category_name}
        </p>
        <ul className={styles.colourways}>
          {style.colourways.map((colourway) => (
            <li key={colourway.id}>
              <Picture
                src={colourway.picture}
                alt={`${name}, ${colourway.name}`}
                hex={colourway.hex}
                size={400}
              />
              <span>
                <span className={styles.swatch} style={{ background: `#${colourway.hex}` }} />
                {colourway.code}
                <br />
                {colourway.name}
              </span>
            </li>
          ))}
        </ul>
        <p className={styles.sizes}>
          <span className={styles.label}>
            <Trans>Sizes</Trans>
          </span>{" "}
          {sizesOf(style).join(SEPARATOR)}
        </p>
        {!window && <Deliveries windows={windowsOf([style])} />}
      </div>
      <Terms style={style} withWholesale={withWholesale} />
      {withGtins && <Gtins colourways={style.colourways} />}
      <div className={styles.remove}>
        <Button
          look="quiet"
          aria-label={t`Take ${name} off the sheet`}
          onPress={() => onRemove(style.style)}
        >
          <Icon name="close" />
        </Button>
      </div>
    </article>
  );
});

function Deliveries({ windows }: { windows: Window[] }) {
  const { t } = useLingui();
  const format = useFormat();
  if (!windows.length) return null;
  return (
    <p className={styles.sizes}>
      <span className={styles.label}>
        <Trans>Delivery</Trans>
      </span>{" "}
      {windows.map((each, index) => (
        <Fragment key={each.id}>
          {index > 0 && SEPARATOR}
          <span className={styles.whole}>
            {each.kind === "at_once"
              ? t`At once`
              : `${each.id} (${format.dates(each.ship_from, each.ship_to)})`}
          </span>
        </Fragment>
      ))}
    </p>
  );
}

/** What it costs, in which quantities. */
function Terms({ style, withWholesale }: { style: Style; withWholesale: boolean }) {
  const format = useFormat();
  const { price, rrp, packs } = style;
  const pairs = style.unit === "PR";
  const multiple = format.number(packs.multiple);
  const minimum = format.number(packs.minimum);
  return (
    <dl className={styles.terms}>
      {withWholesale && (
        <div className={styles.main}>
          <dt>
            <Trans>Wholesale</Trans>
          </dt>
          <dd>{format.unitPrice(price.unit)}</dd>
        </div>
      )}
      {withWholesale && price.list_price && (
        <div>
          <dt>
            <Trans>List price</Trans>
          </dt>
          <dd>{format.unitPrice(price.list_price)}</dd>
        </div>
      )}
      {withWholesale &&
        ownPrices(style).map((own) => (
          <div key={own.sizes.join()}>
            <dt>{format.list(own.sizes)}</dt>
            <dd>{format.unitPrice(own.price.unit)}</dd>
          </div>
        ))}
      {withWholesale &&
        price.tiers.map((tier) => {
          const quantity = format.number(tier.quantity);
          return (
            <div key={tier.quantity}>
              <dt>
                {pairs ? <Trans>from {quantity} pairs</Trans> : <Trans>from {quantity} pcs</Trans>}
              </dt>
              <dd>{format.unitPrice(tier.price)}</dd>
            </div>
          );
        })}
      {rrp && (
        <div className={withWholesale ? undefined : styles.main}>
          <dt>
            <Trans>RRP</Trans>
          </dt>
          <dd>{format.unitPrice(rrp)}</dd>
        </div>
      )}
      {withWholesale && packs.minimum > 0 && (
        <div>
          <dt>
            <Trans>Minimum</Trans>
          </dt>
          <dd>{pairs ? <Trans>{minimum} pairs</Trans> : <Trans>{minimum} pcs</Trans>}</dd>
        </div>
      )}
      {withWholesale && packs.multiple > 1 && (
        <div>
          <dt>
            <Trans>Packed in</Trans>
          </dt>
          <dd>
            {pairs ? <Trans>steps of {multiple} pairs</Trans> : <Trans>steps of {multiple}</Trans>}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** The GTIN of every size, a line for each colourway. */
function Gtins({ colourways }: { colourways: Colourway[] }) {
  return (
    <dl className={styles.gtins}>
      {colourways.map((colourway) => (
        <div key={colourway.id}>
          <dt>
            {colourway.code} {colourway.name}
          </dt>
          <dd>
            {colourway.sizes.map((sku) => (
              <span key={sku.sku}>
                <b>{sku.size_name}</b> {sku.gtin}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
