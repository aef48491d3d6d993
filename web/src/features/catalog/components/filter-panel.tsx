import { Trans, useLingui } from "@lingui/react/macro";
import type { components } from "@/api/schema/catalog";
import styles from "@/features/catalog/components/filter-panel.module.css";
import {
  type CatalogSearch,
  type FacetName,
  filterCount,
  toggleValue,
  withoutFilters,
} from "@/features/catalog/search";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";

type Facets = components["schemas"]["Facets"];
type FacetValue = components["schemas"]["FacetValue"];
type Filter = Exclude<FacetName, "delivery">;

interface Props {
  facets: Facets;
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

/** The filters of the panel by what they are called, in its order. */
function useGroups(): [Filter, string][] {
  const { t } = useLingui();
  return [
    ["season", t`Season`],
    ["category", t`Category`],
    ["gender", t`For`],
    ["colour", t`Colour`],
    ["size", t`Size`],
  ];
}

/** What can be filtered by, each value with how many styles it would leave. */
export function FilterPanel({ facets, search, onChange }: Props) {
  const groups = useGroups();
  const format = useFormat();
  // Seasons and sizes have an order of their own, which the service knows.
  const sorted = (name: Filter, values: FacetValue[]) =>
    name === "category" || name === "colour"
      ? [...values].sort((a, b) => format.compare(a.label, b.label))
      : values;
  return (
    <div className={styles.panel}>
      <label className={styles.value}>
        <input
          type="checkbox"
          checked={search.stock ?? false}
          onChange={() => onChange(withStock(search, !search.stock))}
        />
        <span>
          <Trans>In stock only</Trans>
        </span>
        {facets.at_once !== null && (
          <span className={styles.count}>{format.number(facets.at_once)}</span>
        )}
      </label>
      {groups.map(([name, label]) => (
        <Group
          key={name}
          name={name}
          label={label}
          values={withChosen(sorted(name, facets[name]), search[name] ?? [])}
          chosen={search[name] ?? []}
          onToggle={(value) => onChange(toggleValue(search, name, value))}
          onClear={() => {
            const { [name]: _, ...rest } = search;
            onChange(rest);
          }}
        />
      ))}
    </div>
  );
}

/** Each filter that is set, to be taken back by itself, or all of them. */
export function SetFilters({ facets, search, onChange }: Props) {
  const { t } = useLingui();
  const groups = useGroups();
  if (filterCount(search) === 0) return null;
  const set = groups.flatMap(([name]) =>
    withChosen(facets[name], search[name] ?? [])
      .filter(({ value }) => search[name]?.includes(value))
      .map(({ value, label }) => ({ name, value, label })),
  );
  return (
    <ul className={styles.set} aria-label={t`Filters that are set`}>
      {search.stock && (
        <li>
          <ActiveFilter
            label={t`In stock only`}
            onPress={() => onChange(withStock(search, false))}
          />
        </li>
      )}
      {set.map(({ name, value, label }) => (
        <li key={`${name} ${value}`}>
          <ActiveFilter label={label} onPress={() => onChange(toggleValue(search, name, value))} />
        </li>
      ))}
      <li>
        <Button look="quiet" onPress={() => onChange(withoutFilters(search))}>
          <Trans>Remove all filters</Trans>
        </Button>
      </li>
    </ul>
  );
}

function ActiveFilter({ label, onPress }: { label: string; onPress: () => void }) {
  const { t } = useLingui();
  return (
    <Button aria-label={t`Remove the filter ${label}`} onPress={onPress}>
      {label}
      <Icon name="close" />
    </Button>
  );
}

interface GroupProps {
  name: FacetName;
  label: string;
  values: FacetValue[];
  chosen: string[];
  onToggle: (value: string) => void;
  onClear: () => void;
}

function Group({ name, label, values, chosen, onToggle, onClear }: GroupProps) {
  const { t } = useLingui();
  const format = useFormat();
  if (!values.length) return null;
  return (
    <details open={name !== "size" || chosen.length > 0} className={styles.group}>
      <summary>
        {label}
        {chosen.length > 0 && <span className={styles.chosen}>{format.number(chosen.length)}</span>}
      </summary>
      {chosen.length > 0 && (
        <Button
          look="quiet"
          className={styles.clear}
          aria-label={t`Clear: ${label}`}
          onPress={onClear}
        >
          <Trans>Clear</Trans>
        </Button>
      )}
      <ul className={name === "size" ? styles.sizes : undefined}>
        {values.map(({ value, label: text, count }) => (
          <li key={value}>
            <label className={styles.value}>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={() => onToggle(value)}
              />
              {name === "colour" && <span className={styles.swatch} data-family={value} />}
              <span>{text}</span>
              <span className={styles.count}>{format.number(count)}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

function withStock({ stock: _, ...rest }: CatalogSearch, wanted: boolean): CatalogSearch {
  return wanted ? { ...rest, stock: true } : rest;
}

/** A chosen value that answers nothing is not told by the service, but can be taken back. */
function withChosen(values: FacetValue[], chosen: string[]): FacetValue[] {
  const missing = chosen.filter((value) => !values.some((each) => each.value === value));
  return [...values, ...missing.map((value) => ({ value, label: value, count: 0 }))];
}
