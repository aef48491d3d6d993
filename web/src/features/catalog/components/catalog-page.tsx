import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { mayRepeat } from "@/api/problem";
import { stylesQuery } from "@/features/catalog/api/list-styles";
import styles from "@/features/catalog/components/catalog-page.module.css";
import { FilterPanel, SetFilters } from "@/features/catalog/components/filter-panel";
import { PickAll, PickTray } from "@/features/catalog/components/pick-tray";
import { SearchField } from "@/features/catalog/components/search-field";
import { StyleCards } from "@/features/catalog/components/style-cards";
import { ViewTools } from "@/features/catalog/components/view-tools";
import { WindowSwitch } from "@/features/catalog/components/window-switch";
import { type CatalogSearch, filterCount, withoutFilters } from "@/features/catalog/search";
import { useFormat } from "@/i18n/format";
import { useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Placeholders while the first styles are under way. */
const EXPECTED = 24;

/** What the company may buy: searched, filtered, sorted, all of it in the address. */
export function CatalogPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/catalog" });
  const navigate = useNavigate({ from: "/catalog" });
  const [filtersOpen, setFiltersOpen] = useState(false);
  const results = useRef<HTMLElement>(null);
  const found = useInfiniteQuery(stylesQuery(useScopeKey(), search));
  const { isFetchingNextPage, fetchNextPage, hasNextPage, isFetchNextPageError } = found;
  const change = (changed: CatalogSearch) =>
    void navigate({
      search: changed,
      // One word is one step back, not one for each letter.
      replace: changed.q !== search.q && Boolean(changed.q) && Boolean(search.q),
      resetScroll: false,
    });
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  useStartOfResults(results, search);
  const first = found.data?.pages[0];
  const items = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
  const windows = first?.windows;
  const preBook = useMemo(
    () =>
      new Map(
        windows
          ?.filter((each) => each.open && each.kind === "pre_book")
          .filter((each) => search.delivery?.includes(each.id) ?? true)
          .map((each) => [each.id, each.ship_from]),
      ),
    [windows, search.delivery],
  );
  const wanted = useMemo(() => {
    const shipFrom = new Map(windows?.map((each) => [each.id, each.ship_from]));
    const day = (id: string) => shipFrom.get(id) ?? "";
    return [...(search.delivery ?? [])].sort((a, b) => day(a).localeCompare(day(b)));
  }, [windows, search.delivery]);
  const isPreBook = search.delivery?.every((id) => preBook.has(id)) ?? false;
  const total = first?.total ?? EXPECTED;
  const isWaiting = found.fetchStatus === "paused";
  return (
    <>
      <PageTitle>{t`Catalogue`}</PageTitle>
      <div className={styles.head}>
        <h1>
          <Trans>Catalogue</Trans>
        </h1>
        <SearchField search={search} onChange={change} />
      </div>
      <div className={styles.where}>
        <WindowSwitch page={first} search={search} onChange={change} />
        <div className={styles.filtersButton}>
          <Button
            aria-expanded={filtersOpen}
            aria-controls="filters"
            onPress={() => setFiltersOpen(!filtersOpen)}
          >
            <Icon name="filter" />
            <FiltersLabel count={filterCount(search)} />
          </Button>
        </div>
      </div>
      <div className={styles.columns}>
        <aside
          id="filters"
          className={`${styles.filters} ${filtersOpen ? styles.open : ""}`}
          aria-label={t`Filters`}
        >
          <div className={styles.panel}>
            {first && <FilterPanel facets={first.facets} search={search} onChange={change} />}
          </div>
          <div className={styles.done}>
            <Button look="main" onPress={() => setFiltersOpen(false)}>
              <Plural value={total} one="Show # style" other="Show # styles" />
            </Button>
          </div>
        </aside>
        <section
          ref={results}
          aria-label={t`Styles`}
          aria-busy={found.isPlaceholderData || !first}
          className={styles.results}
        >
          <div className={styles.tools}>
            <p role="status" className={styles.total}>
              {first && <Plural value={total} one="# style" other="# styles" />}
            </p>
            <CutOff windows={windows} search={search} />
            <PickAll found={found} total={total} />
            <ViewTools search={search} onChange={change} />
          </div>
          {first && <SetFilters facets={first.facets} search={search} onChange={change} />}
          {found.error && !isFetchNextPageError && (
            <>
              <Failure error={found.error} onRetry={() => void found.refetch()} />
              {!mayRepeat(found.error) && (
                <Button onPress={() => change({})}>
                  <Trans>Show everything</Trans>
                </Button>
              )}
            </>
          )}
          {isWaiting && (found.isPlaceholderData || !first) && (
            <Notice kind="warning">
              <Trans>You are offline. The styles come as soon as you are connected again.</Trans>
            </Notice>
          )}
          {first && total === 0 && <Nothing search={search} onChange={change} />}
          {(first ?? !found.error) && (
            <StyleCards
              items={items}
              total={total}
              layout={search.view ?? "cards"}
              wanted={wanted}
              preBook={preBook}
              isPreBook={isPreBook}
              onMore={more}
            />
          )}
          {isFetchNextPageError && (
            <div className={styles.rest}>
              <Failure error={found.error} onRetry={() => void fetchNextPage()} />
            </div>
          )}
        </section>
      </div>
      <PickTray />
    </>
  );
}

function FiltersLabel({ count }: { count: number }) {
  const set = useFormat().number(count);
  return count > 0 ? <Trans>Filters ({set})</Trans> : <Trans>Filters</Trans>;
}

interface ChangeProps {
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

/** Until when orders are taken, where one delivery window is looked at. */
function CutOff({
  windows,
  search,
}: {
  windows: { id: string; kind: string; cut_off: string }[] | undefined;
  search: CatalogSearch;
}) {
  const format = useFormat();
  const window = windows?.find((each) => each.id === search.delivery?.[0]);
  if (!window || window.kind !== "pre_book" || search.delivery?.length !== 1) return null;
  const day = format.date(window.cut_off);
  return (
    <p className={styles.cutOff}>
      <Trans>Order by {day}</Trans>
    </p>
  );
}

/** Why there is nothing, and the ways out. */
function Nothing({ search, onChange }: ChangeProps) {
  const { q } = search;
  return (
    <div className={styles.nothing}>
      <Icon name="search" />
      <h2>{q ? <Trans>Nothing found for “{q}”</Trans> : <Trans>Nothing found</Trans>}</h2>
      <p>
        <Advice search={search} />
      </p>
      <div>
        {filterCount(search) > 0 && (
          <Button onPress={() => onChange(withoutFilters(search))}>
            <Trans>Remove all filters</Trans>
          </Button>
        )}
        <Button onPress={() => onChange({})}>
          <Trans>Show everything</Trans>
        </Button>
      </div>
    </div>
  );
}

/** What may help, of what there is: no filters where none are set, no words where none are typed. */
function Advice({ search }: { search: CatalogSearch }) {
  const filtered = filterCount(search) > 0;
  if (search.q && filtered) return <Trans>Try fewer filters or other words.</Trans>;
  if (filtered) return <Trans>Try fewer filters.</Trans>;
  if (search.q && search.delivery) return <Trans>Try other words or another delivery.</Trans>;
  if (search.q) return <Trans>Try other words, a style number or a GTIN.</Trans>;
  return search.delivery ? <Trans>Try another delivery.</Trans> : null;
}

/** A changed search is seen from its first style on, a returned one where it was left. */
function useStartOfResults(results: React.RefObject<HTMLElement | null>, search: CatalogSearch) {
  const { view: _, ...asked } = search;
  const text = JSON.stringify(asked);
  const shown = useRef(text);
  useEffect(() => {
    if (shown.current === text) return;
    shown.current = text;
    const top = results.current?.getBoundingClientRect().top ?? 0;
    if (top < 0) results.current?.scrollIntoView({ block: "start" });
  }, [results, text]);
}
