import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type DeadLetterHead, deadLettersQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { deadLettersSearch, TOPICS } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import { Select } from "@/ui/field";
import { Failure } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** What SAP sent and could not be delivered to its function. */
export function DeadLettersPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/dead-letters" });
  const navigate = useNavigate({ from: "/desk/dead-letters" });
  const list = useQuery(deadLettersQuery(search));
  return (
    <div className={styles.page}>
      <PageTitle>{t`Dead letters`}</PageTitle>
      <h1>
        <Trans>Dead letters</Trans>
      </h1>
      <form role="search" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
        <Select
          label={t`Topic`}
          value={search.topic ?? ""}
          onChange={(topic) =>
            void navigate({ search: deadLettersSearch({ topic }), replace: true })
          }
          options={[
            { value: "", label: t`All` },
            ...TOPICS.map((topic) => ({ value: topic, label: topic })),
          ]}
        />
      </form>
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {list.data?.items.length === 0 && (
        <p role="status">
          <Trans>Nothing here.</Trans>
        </p>
      )}
      {!!list.data?.items.length && <Letters items={list.data.items} />}
      {list.data?.more && (
        <p>
          <Trans>There are more of them, which are seen once these are dealt with.</Trans>
        </p>
      )}
    </div>
  );
}

function Letters({ items }: { items: DeadLetterHead[] }) {
  const format = useFormat();
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>Messages that could not be delivered, the oldest first</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Message</Trans>
            </th>
            <th scope="col">
              <Trans>Published</Trans>
            </th>
            <th scope="col">
              <Trans>Given up</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Attempts</Trans>
            </th>
            <th scope="col" className={styles.number}>
              <Trans>Bytes</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.entry}>
              <td>
                <Link to="/desk/dead-letters/$entry" params={{ entry: each.entry }}>
                  {each.entry}
                </Link>
              </td>
              <td className={styles.when}>{format.moment(each.published_at)}</td>
              <td className={styles.when}>{format.moment(each.died_at)}</td>
              <td className={styles.number}>{format.number(each.attempts)}</td>
              <td className={styles.number}>{format.number(each.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
