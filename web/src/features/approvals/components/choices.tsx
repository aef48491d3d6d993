import styles from "@/features/approvals/components/approvals-page.module.css";

interface Props {
  legend: string;
  chosen: readonly string[];
  options: readonly { value: string; label: string }[];
  onChange: (chosen: string[]) => void;
}

/** Any of some things; what is chosen and is there no more stays until it is taken out. */
export function Choices({ legend, chosen, options, onChange }: Props) {
  const known = new Set(options.map(({ value }) => value));
  const gone = chosen.filter((value) => !known.has(value));
  const all = [...options, ...gone.map((value) => ({ value, label: value }))];
  if (!all.length) return null;
  return (
    <details>
      <summary>
        {legend}
        {chosen.length > 0 && ` (${chosen.length})`}
      </summary>
      <fieldset className={styles.choices} aria-label={legend}>
        {all.map(({ value, label }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...chosen, value] : chosen.filter((each) => each !== value),
                )
              }
            />
            {label}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
