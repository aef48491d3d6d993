import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Style, Window } from "@/features/line-sheet/api/get-line-sheet";
import { SheetStyle } from "@/features/line-sheet/components/sheet-style";
import styles from "@/features/line-sheet/components/sheet.module.css";
import { paperOf } from "@/features/line-sheet/paper";
import type { LineSheetSearch } from "@/features/line-sheet/search";
import { useFormat } from "@/i18n/format";
import { useScope } from "@/shared/scope";

interface Props {
  search: LineSheetSearch;
  styles: Style[];
  window: Window | undefined;
  readAt: Date;
  onRemove: (style: string) => void;
}

/** What is printed, in the language around it: a cover line, then style by style. */
export function Sheet({ search, styles: shown, window, readAt, onRemove }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { company } = useScope();
  const day = format.businessDay(readAt);
  const { name, currency } = company;
  const total = shown.length;
  return (
    <div className={`${styles.sheet} ${styles[paperOf(search, company)]}`}>
      <header className={styles.cover}>
        <p className={styles.brand}>{format.list(distinct(shown.map((each) => each.brand)))}</p>
        <h2>
          <Trans>Line sheet for {name}</Trans>
        </h2>
        <p className={styles.delivery}>
          {window ? <Delivery window={window} /> : <Trans>All deliveries</Trans>}
          {" · "}
          <Plural value={total} one="# style" other="# styles" />
        </p>
        <p className={styles.terms}>
          {search.prices === "rrp"
            ? t`Recommended retail prices in ${currency}, as of ${day}`
            : t`Wholesale prices in ${currency}, before tax, as of ${day}`}
        </p>
      </header>
      {shown.map((style) => (
        <SheetStyle
          key={style.style}
          style={style}
          withWholesale={search.prices !== "rrp"}
          withGtins={search.gtins ?? false}
          window={window}
          onRemove={onRemove}
        />
      ))}
    </div>
  );
}

function Delivery({ window }: { window: Window }) {
  const format = useFormat();
  const { id } = window;
  const dates = format.dates(window.ship_from, window.ship_to);
  const day = format.date(window.cut_off);
  if (window.kind === "at_once") return <Trans>At once, from stock</Trans>;
  return (
    <Trans>
      {id}, delivery {dates}, order by {day}
    </Trans>
  );
}

const distinct = (values: string[]) => [...new Set(values)];
