import { Trans, useLingui } from "@lingui/react/macro";
import type { Window } from "@/features/desk/assortments/api";
import styles from "@/features/desk/assortments/assortments.module.css";
import { newWindow, WINDOW_KEY } from "@/features/desk/assortments/draft";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";

interface Props {
  windows: readonly Window[];
  seasons: readonly string[];
  onChange: (windows: Window[]) => void;
}

/** The delivery windows, with the days on which orders are taken. */
export function Windows({ windows, seasons, onChange }: Props) {
  const replace = (place: number, part: Partial<Window>) =>
    onChange(windows.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <section className={styles.section}>
      <h2>
        <Trans>Delivery windows</Trans>
      </h2>
      <p>
        <Trans>Colourways of a season that has no window can't be seen.</Trans>
      </p>
      {windows.map((window, place) => (
        <WindowCard
          key={place}
          window={window}
          seasons={seasons}
          onChange={(part) => replace(place, part)}
          onRemove={() => onChange(windows.filter((_, at) => at !== place))}
        />
      ))}
      <Button onPress={() => onChange([...windows, newWindow(seasons.at(-1) ?? "")])}>
        <Trans>Add a delivery window</Trans>
      </Button>
    </section>
  );
}

interface CardProps {
  window: Window;
  seasons: readonly string[];
  onChange: (part: Partial<Window>) => void;
  onRemove: () => void;
}

function WindowCard({ window, seasons, onChange, onRemove }: CardProps) {
  const { t } = useLingui();
  const days = [
    ["ship_from", t`Delivery from`],
    ["ship_to", t`Delivery until`],
    ["opens", t`Orders from`],
    ["cut_off", t`Last day for orders`],
  ] as const;
  const kinds = [
    { value: "at_once", label: t`At once` },
    { value: "pre_book", label: t`Pre-book` },
  ];
  const offered = seasons.includes(window.season) ? seasons : [window.season, ...seasons];
  return (
    <fieldset className={styles.window}>
      <legend>{window.id || t`New delivery window`}</legend>
      <TextField
        label={t`Key`}
        value={window.id}
        required
        maxLength={20}
        pattern={WINDOW_KEY}
        autoComplete="off"
        onChange={(event) => onChange({ id: event.target.value })}
      />
      <Select
        label={t`Kind`}
        value={window.kind}
        options={kinds}
        onChange={(kind) => onChange({ kind: kind as Window["kind"] })}
      />
      <Select
        label={t`Season`}
        value={window.season}
        options={offered.map((season) => ({ value: season, label: season }))}
        onChange={(season) => onChange({ season })}
      />
      {days.map(([name, label]) => (
        <TextField
          key={name}
          label={label}
          type="date"
          required
          value={window[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      ))}
      <Button look="quiet" onPress={onRemove} aria-label={t`Remove: ${window.id}`}>
        <Trans>Remove</Trans>
      </Button>
    </fieldset>
  );
}
