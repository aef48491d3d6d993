import type { I18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo } from "react";
import { lineSheetQuery } from "@/features/line-sheet/api/get-line-sheet";
import styles from "@/features/line-sheet/components/line-sheet-page.module.css";
import { Sheet } from "@/features/line-sheet/components/sheet";
import { SheetOptions } from "@/features/line-sheet/components/sheet-options";
import { contentsOf, windowsOf } from "@/features/line-sheet/contents";
import { type LineSheetSearch, numbersOf } from "@/features/line-sheet/search";
import { loadI18n, type Language } from "@/i18n/locale";
import { unpick, writtenPicks } from "@/shared/picks";
import { useScope, useScopeKey } from "@/shared/scope";
import button from "@/ui/button.module.css";
import { Icon } from "@/ui/icon";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Styles as a sheet to print, to save as PDF or to send by its address. */
export function LineSheetPage() {
  const { t } = useLingui();
  const { company, language: spoken } = useScope();
  const search = useSearch({ from: "/line-sheet" });
  const numbers = useMemo(() => numbersOf(search.styles), [search.styles]);
  const { name } = company;
  const title = t`Line sheet for ${name}`;
  const total = numbers.length;
  return (
    <div className={styles.page}>
      <PageTitle>{title}</PageTitle>
      <header className={styles.head}>
        <h1>
          <Trans>Line sheet</Trans>
        </h1>
        {total > 0 && (
          <p>
            <Plural value={total} one="# style" other="# styles" />
          </p>
        )}
      </header>
      {numbers.length ? (
        <Loaded
          search={search}
          numbers={numbers}
          language={search.language ?? (spoken as Language)}
        />
      ) : (
        <Nothing />
      )}
    </div>
  );
}

interface LoadedProps {
  search: LineSheetSearch;
  numbers: string[];
  language: Language;
}

function Loaded({ search, numbers, language }: LoadedProps) {
  const navigate = useNavigate({ from: "/line-sheet" });
  const { company } = useScope();
  const found = useQuery(lineSheetQuery(useScopeKey(), numbers, language));
  const change = (changed: LineSheetSearch) =>
    void navigate({ search: changed, replace: true, resetScroll: false });
  const remove = useCallback(
    (style: string) => {
      unpick(company.id, [style]);
      void navigate({
        search: (before) => ({
          ...before,
          styles: writtenPicks(numbersOf(before.styles).filter((each) => each !== style)),
        }),
        replace: true,
        resetScroll: false,
      });
    },
    [company.id, navigate],
  );
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  }
  const { styles: all, readAt } = found.data;
  const contents = contentsOf(all, search, language);
  const windows = windowsOf(all);
  return (
    <>
      <SheetOptions search={search} language={language} windows={windows} onChange={change} />
      <LeftOut unknown={numbers.length - all.length} elsewhere={all.length - contents.length} />
      {contents.length > 0 && (
        <InLanguage language={language}>
          <Sheet
            search={search}
            styles={contents}
            window={windows.find((each) => each.id === search.window)}
            readAt={readAt}
            onRemove={remove}
          />
        </InLanguage>
      )}
    </>
  );
}

/** The sheet is in the language of those that it is for, whatever the portal's. */
function InLanguage({ language, children }: { language: Language; children: ReactNode }) {
  const { i18n } = useLingui();
  const other = language !== i18n.locale;
  const { data, error } = useQuery<I18n>({
    queryKey: ["messages", language],
    queryFn: () => loadI18n(language),
    enabled: other,
    staleTime: Infinity,
  });
  if (error) return <Failure error={error} />;
  if (other && !data) return null;
  return (
    <div lang={language}>
      <I18nProvider i18n={other ? data! : i18n}>{children}</I18nProvider>
    </div>
  );
}

function LeftOut({ unknown, elsewhere }: { unknown: number; elsewhere: number }) {
  if (!unknown && !elsewhere) return null;
  return (
    <div className={styles.notice}>
      <Notice>
        {unknown > 0 && (
          <p>
            <Plural
              value={unknown}
              one="# style is not in your range and was left out."
              other="# styles are not in your range and were left out."
            />
          </p>
        )}
        {elsewhere > 0 && (
          <p>
            <Plural
              value={elsewhere}
              one="# style is not offered in this delivery window."
              other="# styles are not offered in this delivery window."
            />
          </p>
        )}
      </Notice>
    </div>
  );
}

function Nothing() {
  return (
    <div className={styles.nothing}>
      <Icon name="sheet" />
      <h2>
        <Trans>No style is picked yet</Trans>
      </h2>
      <p>
        <Trans>
          Tick styles in the catalogue, or take a whole cart: they make a sheet to print or to send.
        </Trans>
      </p>
      <Link to="/catalog" search={{}} className={`${button.button} ${button.main}`}>
        <Trans>To the catalogue</Trans>
      </Link>
    </div>
  );
}
