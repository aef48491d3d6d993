import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { type SharedGtin, sharedGtinsQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { More } from "@/features/desk/components/more";
import { sharedGtinsSearch } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { PageTitle } from "@/ui/page-title";

/** GTINs that stand on two or more articles. */
export function SharedGtinsPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/shared-gtins" });
  const list = useInfiniteQuery(sharedGtinsQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Shared GTINs`}</PageTitle>
      <h1>
        <Trans>Shared GTINs</Trans>
      </h1>
      <p>
        <Trans>
          These GTINs stand on several articles. Buyers who scan or upload one are asked which
          article they mean. Give each article its own GTIN in SAP: the entry then ends by itself
          within some minutes.
        </Trans>
      </p>
      <Filter number={search.number ?? ""} key={search.number ?? ""} />
      {items.length > 0 && <Gtins items={items} />}
      <More list={list} rows={items.length} />
    </div>
  );
}

function Filter({ number: given }: { number: string }) {
  const { t } = useLingui();
  const navigate = useNavigate({ from: "/desk/shared-gtins" });
  const [number, setNumber] = useState(given);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void navigate({ search: sharedGtinsSearch({ number: number.trim() }), replace: true });
  };
  return (
    <form role="search" className={styles.filters} onSubmit={submit}>
      <TextField
        label={t`GTIN, style or article contains`}
        type="search"
        value={number}
        maxLength={40}
        onChange={(event) => setNumber(event.target.value)}
      />
      <Button type="submit">
        <Trans>Search</Trans>
      </Button>
    </form>
  );
}

function Gtins({ items }: { items: SharedGtin[] }) {
  const format = useFormat();
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>GTINs of several articles, the newest first</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>GTIN</Trans>
            </th>
            <th scope="col">
              <Trans>Articles</Trans>
            </th>
            <th scope="col">
              <Trans>Seen since</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.gtin}>
              <td className={styles.when}>{each.gtin}</td>
              <td className={styles.said}>
                <Articles of={each} />
              </td>
              <td className={styles.when}>{format.moment(each.since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
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
