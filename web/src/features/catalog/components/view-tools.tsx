import { useLingui } from "@lingui/react/macro";
import type { CatalogSearch, Sort } from "@/features/catalog/search";
import styles from "@/features/catalog/components/view-tools.module.css";
import { Select } from "@/ui/field";
import hidden from "@/ui/hidden.module.css";
import { Icon } from "@/ui/icon";

interface Props {
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

/** In which order, and as what, the styles are shown. */
export function ViewTools({ search, onChange }: Props) {
  const { t } = useLingui();
  const sorts: { value: Sort; label: string }[] = [
    ...(search.q ? [{ value: "relevance" as const, label: t`Best match` }] : []),
    { value: "bestseller", label: t`Bestsellers` },
    { value: "newest", label: t`Newest` },
    { value: "price", label: t`Price, low to high` },
    { value: "price_desc", label: t`Price, high to low` },
    { value: "name", label: t`Name` },
  ];
  const { view, ...rest } = search;
  const views = [
    { value: "cards", label: t`Pictures`, search: rest },
    { value: "list", label: t`List`, search: { ...rest, view: "list" } },
  ] as const;
  return (
    <div className={styles.tools}>
      <Select
        className={styles.sort}
        label={t`Sort by`}
        value={search.sort ?? (search.q ? "relevance" : "bestseller")}
        options={sorts}
        onChange={(value) => onChange({ ...search, sort: value as Sort })}
      />
      <fieldset className={styles.views}>
        <legend className={hidden.hidden}>{t`View`}</legend>
        {views.map(({ value, label, search: changed }) => (
          <label key={value} title={label}>
            <input
              type="radio"
              name="view"
              aria-label={label}
              checked={value === (view ?? "cards")}
              onChange={() => onChange(changed)}
            />
            <Icon name={value} />
          </label>
        ))}
      </fieldset>
    </div>
  );
}
