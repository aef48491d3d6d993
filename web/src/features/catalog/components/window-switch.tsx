import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { components } from "@/api/schema/catalog";
import styles from "@/features/catalog/components/window-switch.module.css";
import type { CatalogSearch } from "@/features/catalog/search";
import { useFormat } from "@/i18n/format";
import { Select } from "@/ui/field";
import hidden from "@/ui/hidden.module.css";

type Page = components["schemas"]["StylesPage"];

interface Props {
  page: Pick<Page, "windows" | "facets"> | undefined;
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

interface Choice {
  /** Ids of the delivery windows; none for all. */
  windows: string[];
  name: string;
  note: string;
  total?: number | undefined;
}

/** Every delivery, at once from stock, all that is pre-booked, or one delivery window. */
export function WindowSwitch({ page, search, onChange }: Props) {
  const { t } = useLingui();
  const { delivery = [], ...rest } = search;
  const choices = useChoices(page, delivery);
  const choose = ({ windows }: Choice) =>
    onChange(windows.length ? { ...rest, delivery: windows } : rest);
  const chosen = choices.findIndex(({ windows }) => same(windows, delivery));
  return (
    <div className={styles.switch}>
      <fieldset>
        <legend className={hidden.hidden}>
          <Trans>Delivery</Trans>
        </legend>
        {choices.map((choice, index) => (
          <Card
            key={choice.windows.join()}
            choice={choice}
            isChosen={index === chosen}
            onChoose={() => choose(choice)}
          />
        ))}
      </fieldset>
      <Select
        className={styles.narrow}
        label={t`Delivery`}
        value={String(chosen)}
        options={choices.map(({ windows, name, note }, index) => ({
          value: String(index),
          label: windows.length ? `${name}, ${note}` : name,
        }))}
        onChange={(index) => choose(choices[Number(index)]!)}
      />
    </div>
  );
}

function useChoices(page: Props["page"], delivery: string[]): Choice[] {
  const { t } = useLingui();
  const format = useFormat();
  const counts = new Map(page?.facets.delivery.map(({ value, count }) => [value, count]));
  // A closed one is shown where the address asks for it.
  const shown = page?.windows.filter((each) => each.open || delivery.includes(each.id)) ?? [];
  const atOnce = shown.filter((each) => each.kind === "at_once").map((each) => each.id);
  const preBook = shown.filter((each) => each.kind === "pre_book");
  const only = atOnce.length === 1 ? counts.get(atOnce[0]!) : undefined;
  return [
    { windows: [], name: t`All`, note: t`every delivery` },
    ...(atOnce.length
      ? [{ windows: atOnce, name: t`At once`, note: t`from stock`, total: only }]
      : []),
    ...(preBook.length > 1
      ? [
          {
            windows: preBook.map((each) => each.id),
            name: t`Pre-book`,
            note: t`all windows`,
            total: page?.facets.pre_book,
          },
        ]
      : []),
    ...preBook.map((each) => ({
      windows: [each.id],
      // As it is called on every other page: windows of one season differ by more than their days.
      name: each.id,
      note: each.open ? format.dates(each.ship_from, each.ship_to) : t`closed`,
      total: counts.get(each.id) ?? 0,
    })),
  ];
}

const same = (one: string[], other: string[]) =>
  one.length === other.length && one.every((each) => other.includes(each));

interface CardProps {
  choice: Choice;
  isChosen: boolean;
  onChoose: () => void;
}

function Card({ choice: { name, note, total }, isChosen, onChoose }: CardProps) {
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
