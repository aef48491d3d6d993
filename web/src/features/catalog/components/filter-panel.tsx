import { Trans, useLingui } from "@lingui/react/macro";
import type { components } from "@/api/schema/catalog";
import styles from "@/features/catalog/components/filter-panel.module.css";
import {
  type CatalogSearch,
  type FacetName,
  filterCount,
  toggled,
} from "@/features/catalog/search";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";

type Facets = components["schemas"]["Facets"];
type FacetValue = components["schemas"]["FacetValue"];

interface Props {
  facets: Facets;
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

/** What can be filtered by, each value with how many styles it would leave. */
export function FilterPanel({ facets, search, onChange }: Props) {
  const { t } = useLingui();
  const { stock, ...rest } = search;
  const groups: [FacetName, string][] = [
    ["season", t`Season`],
    ["category", t`Category`],
    ["gender", t`For`],
    ["colour", t`Colour`],
    ["size", t`Size`],
  ];
  return (
    <div className={styles.panel}>
      <label className={styles.value}>
        <input
          type="checkbox"
          checked={stock ?? false}
          onChange={() => onChange(stock ? rest : { ...rest, stock: true })}
        />
        <span>
          <Trans>In stock only</Trans>
        </span>
      </label>
      {groups.map(([name, label]) => (
        <Group
          key={name}
          label={label}
          values={withChosen(facets[name], search[name] ?? [])}
          chosen={search[name] ?? []}
          startsOpen={name !== "size" || Boolean(search.size)}
          onToggle={(value) => onChange(toggled(search, name, value))}
        />
      ))}
      {filterCount(search) > 0 && (
        <Button onPress={() => onChange(search.q ? { q: search.q } : {})}>
          <Trans>Remove all filters</Trans>
        </Button>
      )}
    </div>
  );
}

interface GroupProps {
  label: string;
  values: FacetValue[];
  chosen: string[];
  startsOpen: boolean;
  onToggle: (value: string) => void;
}

function Group({ label, values, chosen, startsOpen, onToggle }: GroupProps) {
  const format = useFormat();
  if (!values.length) return null;
  return (
    <details open={startsOpen} className={styles.group}>
      <summary>{label}</summary>
      <ul>
        {values.map(({ value, label: name, count }) => (
          <li key={value}>
            <label className={styles.value}>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={() => onToggle(value)}
              />
              <span>{name}</span>
              <span className={styles.count}>{format.number(count)}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A chosen value that answers nothing is not told by the service, but can be taken back. */
function withChosen(values: FacetValue[], chosen: string[]): FacetValue[] {
  const missing = chosen.filter((value) => !values.some((each) => each.value === value));
  return [...values, ...missing.map((value) => ({ value, label: value, count: 0 }))];
}
