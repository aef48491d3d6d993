import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type SharedGtin, sharedGtinsQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Filters, Part } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { sharedGtinsSearch } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/table";

/** GTINs that stand on two or more articles. */
export function SharedGtinsPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/shared-gtins" });
  const navigate = useNavigate({ from: "/desk/shared-gtins" });
  return (
    <DeskPage title={t`Shared GTINs`}>
      <p>
        <Trans>
          These GTINs stand on several articles. Buyers who scan or upload one are asked which
          article they mean. Give each article its own GTIN in SAP: the entry then ends by itself
          within some minutes.
        </Trans>
      </p>
      <Filters>
        <Part
          key={search.number}
          label={t`GTIN, style or article contains`}
          value={search.number ?? ""}
          most={40}
          onSearch={(number) =>
            void navigate({ search: sharedGtinsSearch({ number }), replace: true })
          }
        />
      </Filters>
      <ListedPages
        list={useInfiniteQuery(sharedGtinsQuery(search))}
        caption={<Trans>GTINs of several articles, the newest first</Trans>}
        columns={useColumns()}
        keyOf={(each) => each.gtin}
      />
    </DeskPage>
  );
}

function useColumns(): Column<SharedGtin>[] {
  const { t } = useLingui();
  const format = useFormat();
  return [
    { name: t`GTIN`, cell: (each) => each.gtin, kind: "head" },
    { name: t`Articles`, cell: (each) => <Articles of={each} />, kind: "text" },
    { name: t`Seen since`, cell: (each) => format.moment(each.since), kind: "tight" },
  ];
}

function Articles({ of: { articles, article_count } }: { of: SharedGtin }) {
  const { t } = useLingui();
  const format = useFormat();
  const more = format.number(article_count - articles.length);
  return (
    <ul>
      {articles.map(({ style, article, name, colour, size }) => (
        <li key={`${style} ${article}`}>
          {t`Article ${article} of style ${style}`}
          {name && `: ${name}, ${colour}, ${size}`}
        </li>
      ))}
      {article_count > articles.length && <li>{t`and ${more} more`}</li>}
    </ul>
  );
}
