import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type Style, styleQuery } from "@/features/style/api/get-style";
import { Description } from "@/features/style/components/description";
import { StyleOrder } from "@/features/style/components/style-order";
import styles from "@/features/style/components/style-page.module.css";
import { openWindows } from "@/features/style/grid";
import { useFormat } from "@/i18n/format";
import { Availability } from "@/shared/availability";
import { useLastCatalog } from "@/shared/last-catalog";
import { ownPrices } from "@/shared/own-prices";
import { useScopeKey } from "@/shared/scope";
import { FailedPage } from "@/ui/failed-page";
import { PageTitle } from "@/ui/page-title";
import { Picture } from "@/ui/picture";

/** A style: what it is and costs, and the grid that orders it. */
export function StylePage() {
  const { style: number } = useParams({ from: "/styles/$style" });
  const catalog = useLastCatalog();
  const { data: style, error, refetch } = useQuery(styleQuery(useScopeKey(), number));
  if (error && !style) {
    const back = (
      <Link to="/catalog" search={{}}>
        <Trans>To the catalogue</Trans>
      </Link>
    );
    return <FailedPage error={error} onRetry={() => void refetch()} back={back} />;
  }
  if (!style) {
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  }
  return (
    <article className={styles.page}>
      <PageTitle>{style.name}</PageTitle>
      <p>
        <a {...catalog}>
          <Trans>Catalogue</Trans>
        </a>{" "}
        / {style.category_name}
      </p>
      <StyleHead style={style} />
      <StyleOrder key={style.style} style={style} />
    </article>
  );
}

function StyleHead({ style }: { style: Style }) {
  return (
    <header className={styles.head}>
      <ul className={styles.pictures}>
        {style.colourways.slice(0, 4).map((colourway) => (
          <li key={colourway.id}>
            <Picture src={colourway.picture} alt={colourway.name} hex={colourway.hex} size={160} />
          </li>
        ))}
      </ul>
      <div className={styles.text}>
        <h1>{style.name}</h1>
        <p className={styles.meta}>
          {style.brand} · {style.style} · {style.category_name}
        </p>
        <Description text={style.description} />
      </div>
      <Prices style={style} />
    </header>
  );
}

function Prices({ style }: { style: Style }) {
  const { t } = useLingui();
  const format = useFormat();
  const { price, rrp, packs } = style;
  const multiple = format.number(packs.multiple);
  const minimum = format.number(packs.minimum);
  const pairs = style.unit === "PR";
  const sources = {
    customer: t`Your own price`,
    price_list: t`Price list`,
    market: t`Market price`,
  };
  return (
    <dl className={styles.prices}>
      {price.list_price && <Discount net={price.unit} list={price.list_price} />}
      <dt>{price.list_price ? <Trans>Your net price</Trans> : <Trans>Wholesale</Trans>}</dt>
      <dd>
        <strong>{format.unitPrice(price.unit)}</strong> <small>{sources[price.source]}</small>
      </dd>
      <OwnPrices style={style} />
      {price.tiers.map((tier) => {
        const quantity = format.number(tier.quantity);
        return (
          <div key={tier.quantity} className={styles.tier}>
            <dt>
              {pairs ? <Trans>from {quantity} pairs</Trans> : <Trans>from {quantity} pcs</Trans>}
            </dt>
            <dd>{format.unitPrice(tier.price)}</dd>
          </div>
        );
      })}
      {rrp && (
        <>
          <dt>
            <Trans>RRP</Trans>
          </dt>
          <dd>{format.unitPrice(rrp)}</dd>
        </>
      )}
      {packs.multiple > 1 && (
        <>
          <dt>
            <Trans>Packed in</Trans>
          </dt>
          <dd>
            {pairs ? <Trans>steps of {multiple} pairs</Trans> : <Trans>steps of {multiple}</Trans>}
          </dd>
        </>
      )}
      {packs.minimum > 0 && (
        <>
          <dt>
            <Trans>Minimum</Trans>
          </dt>
          <dd>{pairs ? <Trans>{minimum} pairs</Trans> : <Trans>{minimum} pcs</Trans>}</dd>
        </>
      )}
      <WhenToHave style={style} />
    </dl>
  );
}

/** What the list says, and what is taken off it, or added. */
function Discount({ net, list }: { net: Style["price"]["unit"]; list: Style["price"]["unit"] }) {
  const format = useFormat();
  return (
    <>
      <dt>
        <Trans>List price</Trans>
      </dt>
      <dd>{format.unitPrice(list)}</dd>
      <dt>{net.amount > list.amount ? <Trans>Surcharge</Trans> : <Trans>Your discount</Trans>}</dt>
      <dd>{format.percent((net.amount - list.amount) / list.amount)}</dd>
    </>
  );
}

/** Sizes that cost something else, each price with the sizes that it is of. */
function OwnPrices({ style }: { style: Style }) {
  const format = useFormat();
  return ownPrices(style).map(({ sizes, price }) => (
    <div key={sizes.join()} className={styles.tier}>
      <dt>{format.list(sizes)}</dt>
      <dd>{format.unitPrice(price.unit)}</dd>
    </div>
  ));
}

/** What is in stock, and from when on it can be pre-booked: what is for pre-book is not sold out. */
function WhenToHave({ style }: { style: Style }) {
  const format = useFormat();
  const windows = openWindows(style);
  const shown = overall(style);
  const preBook = windows.find((window) => window.kind === "pre_book");
  const day = preBook && format.day(preBook.ship_from);
  const isAtOnce = windows.some((window) => window.kind === "at_once") && shown.level !== "none";
  return (
    <>
      {(isAtOnce || !preBook) && (
        <>
          <dt>
            <Trans>At once</Trans>
          </dt>
          <dd>
            <Availability shown={shown} />
          </dd>
        </>
      )}
      {day && (
        <>
          <dt>
            <Trans>Pre-book</Trans>
          </dt>
          <dd>
            <Trans>from {day}</Trans>
          </dd>
        </>
      )}
    </>
  );
}

/** The stock of all sizes; a sum only where every size shows its number. */
function overall(style: Style) {
  const shown = style.colourways.flatMap((colourway) =>
    colourway.sizes.map((sku) => sku.availability),
  );
  const known = shown.every((each) => each.quantity !== null);
  const quantity = known ? shown.reduce((sum, each) => sum + (each.quantity ?? 0), 0) : null;
  const level = (["good", "low"] as const).find((each) => shown.some((one) => one.level === each));
  return { level: level ?? ("none" as const), quantity, capped: shown.some((each) => each.capped) };
}
