import { Trans, useLingui } from "@lingui/react/macro";
import {
  type Choices,
  type Dimension,
  DIMENSIONS,
  type Rule,
} from "@/features/desk/assortments/api";
import styles from "@/features/desk/assortments/assortments.module.css";
import { useDimensionText } from "@/features/desk/assortments/words";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";

interface Props {
  rules: readonly Rule[];
  choices: Choices;
  onChange: (rules: Rule[]) => void;
}

/** The rules: a colourway is in the assortment where any of them matches. */
export function Rules({ rules, choices, onChange }: Props) {
  const replace = (place: number, rule: Rule) =>
    onChange(rules.map((each, at) => (at === place ? rule : each)));
  return (
    <section className={styles.section}>
      <h2>
        <Trans>Rules</Trans>
      </h2>
      <p>
        <Trans>
          A colourway is in the assortment where one of the rules matches. Styles that are exclusive
          to somebody need a rule that names them.
        </Trans>
      </p>
      {rules.map((rule, place) => (
        <RuleCard
          // Rules have no names; all that a card holds is its rule.
          key={place}
          number={place + 1}
          rule={rule}
          choices={choices}
          onChange={(changed) => replace(place, changed)}
          onRemove={() => onChange(rules.filter((_, at) => at !== place))}
        />
      ))}
      <Button onPress={() => onChange([...rules, {}])}>
        <Trans>Add a rule</Trans>
      </Button>
    </section>
  );
}

interface CardProps {
  number: number;
  rule: Rule;
  choices: Choices;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

function RuleCard({ number, rule, choices, onChange, onRemove }: CardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const text = useDimensionText();
  const title = t`Rule ${format.number(number)}`;
  const offered = DIMENSIONS.filter((name) => choices[name].length > 0 || rule[name]?.length);
  return (
    <fieldset className={styles.rule}>
      <legend>{title}</legend>
      {offered.map((name) => (
        <Values
          key={name}
          label={text(name)}
          chosen={rule[name] ?? []}
          choices={choices[name]}
          onChange={(values) => onChange(withValues(rule, name, values))}
        />
      ))}
      <Button look="quiet" onPress={onRemove} aria-label={t`Remove: ${title}`}>
        <Trans>Remove</Trans>
      </Button>
    </fieldset>
  );
}

interface ValuesProps {
  label: string;
  chosen: readonly string[];
  choices: Choices[Dimension];
  onChange: (values: string[]) => void;
}

function Values({ label, chosen, choices, onChange }: ValuesProps) {
  const { t } = useLingui();
  const format = useFormat();
  // A value that no style has any more stays until somebody takes it away.
  const gone = chosen.filter((value) => choices.every((each) => each.value !== value));
  const all = [...choices, ...gone.map((value) => ({ value, text: value, styles: 0 }))];
  const texts = all.filter((each) => chosen.includes(each.value)).map((each) => each.text);
  const toggle = (value: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, value] : chosen.filter((each) => each !== value));
  return (
    <details className={styles.values}>
      <summary>
        <span>{label}</span> <strong>{texts.length ? format.list(texts) : t`any`}</strong>
      </summary>
      <div role="group" aria-label={label}>
        {all.map(({ value, text, styles: count }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            {text} <small>{format.number(count)}</small>
          </label>
        ))}
      </div>
    </details>
  );
}

function withValues(rule: Rule, name: Dimension, values: string[]): Rule {
  const { [name]: _, ...rest } = rule;
  return values.length ? { ...rest, [name]: values } : rest;
}
