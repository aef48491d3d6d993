import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { stylesQuery } from "@/features/catalog/api/list-styles";
import styles from "@/features/catalog/components/catalog-page.module.css";
import { FilterPanel } from "@/features/catalog/components/filter-panel";
import { SearchField } from "@/features/catalog/components/search-field";
import { StyleCards } from "@/features/catalog/components/style-cards";
import { WindowSwitch } from "@/features/catalog/components/window-switch";
import { type CatalogSearch, filterCount, type Sort } from "@/features/catalog/search";
import { useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** What the company may buy: searched, filtered, sorted, all of it in the address. */
export function CatalogPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/catalog" });
  const navigate = useNavigate({ from: "/catalog" });
  const [filtersOpen, setFiltersOpen] = useState(false);
  const found = useInfiniteQuery(stylesQuery(useScopeKey(), search));
  const change = (changed: CatalogSearch) =>
    void navigate({ search: changed, replace: true, resetScroll: true });
  const first = found.data?.pages[0];
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const total = first?.total ?? 0;
  const set = filterCount(search);
  return (
    <>
      <PageTitle>{t`Catalogue`}</PageTitle>
      <div className={styles.head}>
        <h1>
          <Trans>Catalogue</Trans>
        </h1>
        <SearchField search={search} onChange={change} />
      </div>
      {first && <WindowSwitch windows={first.windows} search={search} onChange={change} />}
      <div className={styles.columns}>
        <aside
          className={`${styles.filters} ${filtersOpen ? styles.open : ""}`}
          aria-label={t`Filters`}
        >
          {first && <FilterPanel facets={first.facets} search={search} onChange={change} />}
        </aside>
        <section
          aria-label={t`Styles`}
          aria-busy={found.isPlaceholderData}
          className={styles.results}
        >
          <div className={styles.tools}>
            <p role="status">{first && <Plural value={total} one="# style" other="# styles" />}</p>
            <div className={styles.filtersButton}>
              <Button aria-expanded={filtersOpen} onPress={() => setFiltersOpen(!filtersOpen)}>
                {set > 0 ? <Trans>Filters ({set})</Trans> : <Trans>Filters</Trans>}
              </Button>
            </div>
            <ViewTools search={search} onChange={change} />
          </div>
          {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
          {first && total === 0 && (
            <Notice>
              <Trans>Nothing found. Try fewer filters or other words.</Trans>
              <Button look="quiet" onPress={() => change({})}>
                <Trans>Show everything</Trans>
              </Button>
            </Notice>
          )}
          <StyleCards
            items={items}
            layout={search.view ?? "cards"}
            hasMore={found.hasNextPage}
            onMore={() => {
              if (!found.isFetchingNextPage) void found.fetchNextPage();
            }}
          />
        </section>
      </div>
    </>
  );
}

interface ToolProps {
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

function ViewTools({ search, onChange }: ToolProps) {
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
  return (
    <div className={styles.view}>
      <Select
        label={t`Sort by`}
        value={search.sort ?? (search.q ? "relevance" : "bestseller")}
        options={sorts}
        onChange={(value) => onChange({ ...search, sort: value as Sort })}
      />
      <Select
        label={t`View`}
        value={view ?? "cards"}
        options={[
          { value: "cards", label: t`Pictures` },
          { value: "list", label: t`List` },
        ]}
        onChange={(value) => onChange(value === "list" ? { ...rest, view: "list" } : rest)}
      />
    </div>
  );
}
