import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { components } from "@/api/schema/catalog";
import styles from "@/features/catalog/components/window-switch.module.css";
import type { CatalogSearch } from "@/features/catalog/search";
import { useFormat } from "@/i18n/format";
import hidden from "@/ui/hidden.module.css";

type Page = components["schemas"]["StylesPage"];
type Window = components["schemas"]["Window"];

interface Props {
  page: Pick<Page, "windows" | "facets"> | undefined;
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

/** Every delivery, at once from stock, all that is pre-booked, or one delivery window. */
export function WindowSwitch({ page, search, onChange }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { delivery = [], ...rest } = search;
  const counts = new Map(page?.facets.delivery.map(({ value, count }) => [value, count]));
  // A closed one is shown where the address asks for it.
  const shown = page?.windows.filter((each) => each.open || delivery.includes(each.id)) ?? [];
  const ids = (kind: Window["kind"]) =>
    shown.filter((each) => each.kind === kind).map((each) => each.id);
  const atOnce = ids("at_once");
  const preBook = ids("pre_book");
  const choice = (chosen: string[]) => ({
    isChosen: same(chosen, delivery),
    onChoose: () => onChange(chosen.length ? { ...rest, delivery: chosen } : rest),
  });
  const countOf = (id: string) => (page ? (counts.get(id) ?? 0) : undefined);
  return (
    <fieldset className={styles.switch}>
      <legend className={hidden.hidden}>
        <Trans>Delivery</Trans>
      </legend>
      <Choice {...choice([])} name={t`All`} note={t`every delivery`} />
      {atOnce.length > 0 && (
        <Choice
          {...choice(atOnce)}
          name={t`At once`}
          note={t`from stock`}
          total={atOnce.length === 1 ? countOf(atOnce[0]!) : undefined}
        />
      )}
      {preBook.length > 1 && (
        <Choice {...choice(preBook)} name={t`Pre-book`} note={t`all windows`} />
      )}
      {shown
        .filter((each) => each.kind === "pre_book")
        .map((each) => (
          <Choice
            key={each.id}
            {...choice([each.id])}
            name={each.season}
            note={each.open ? format.dates(each.ship_from, each.ship_to) : t`closed`}
            total={countOf(each.id)}
          />
        ))}
    </fieldset>
  );
}

const same = (one: string[], other: string[]) =>
  one.length === other.length && one.every((each) => other.includes(each));

interface ChoiceProps {
  isChosen: boolean;
  name: string;
  note: string;
  total?: number | undefined;
  onChoose: () => void;
}

function Choice({ isChosen, name, note, total, onChoose }: ChoiceProps) {
  const format = useFormat();
  return (
    <label className={styles.choice}>
      <input type="radio" name="delivery-window" checked={isChosen} onChange={onChoose} />
      <span className={styles.name}>{name}</span>
      {total !== undefined && (
        <span className={styles.count}>
          <span aria-hidden="true">{format.number(total)}</span>
          <span className={hidden.hidden}>
            <Plural value={total} one="# style" other="# styles" />
          </span>
        </span>
      )}
      <span className={styles.note}>{note}</span>
    </label>
  );
}
