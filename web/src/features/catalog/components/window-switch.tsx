import { Trans, useLingui } from "@lingui/react/macro";
import type { components } from "@/api/schema/catalog";
import styles from "@/features/catalog/components/window-switch.module.css";
import type { CatalogSearch } from "@/features/catalog/search";
import { useFormat } from "@/i18n/format";

type Window = components["schemas"]["Window"];

interface Props {
  windows: Window[];
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

/** One delivery window, or all of them: at once from stock, or pre-booked by season. */
export function WindowSwitch({ windows, search, onChange }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { delivery, ...rest } = search;
  const chosen = delivery?.length === 1 ? delivery[0] : "";
  const choose = (id: string) => onChange(id ? { ...rest, delivery: [id] } : rest);
  return (
    <fieldset className={styles.switch}>
      <legend>
        <Trans>Delivery</Trans>
      </legend>
      <Choice value="" chosen={chosen} onChoose={choose} name={t`All`} note={t`every delivery`} />
      {windows
        .filter((window) => window.open)
        .map((window) => (
          <Choice
            key={window.id}
            value={window.id}
            chosen={chosen}
            onChoose={choose}
            name={window.kind === "at_once" ? t`At once` : window.id}
            note={
              window.kind === "at_once"
                ? t`from stock`
                : format.dates(window.ship_from, window.ship_to)
            }
          />
        ))}
    </fieldset>
  );
}

interface ChoiceProps {
  value: string;
  chosen: string | undefined;
  name: string;
  note: string;
  onChoose: (value: string) => void;
}

function Choice({ value, chosen, name, note, onChoose }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input
        type="radio"
        name="delivery-window"
        checked={value === chosen}
        onChange={() => onChoose(value)}
      />
      <span className={styles.name}>{name}</span>
      <span className={styles.note}>{note}</span>
    </label>
  );
}
