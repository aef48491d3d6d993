import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { auditQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { More } from "@/features/desk/components/more";
import { ACTIONS, auditSearch } from "@/features/desk/search";
import { useActionText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Select } from "@/ui/field";
import { PageTitle } from "@/ui/page-title";

/** Who did what at the desk. */
export function AuditPage() {
  const { t } = useLingui();
  const format = useFormat();
  const text = useActionText();
  const search = useSearch({ from: "/desk/audit" });
  const navigate = useNavigate({ from: "/desk/audit" });
  const list = useInfiniteQuery(auditQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Audit`}</PageTitle>
      <h1>
        <Trans>Audit</Trans>
      </h1>
      <form role="search" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
        <Select
          label={t`Action`}
          value={search.action ?? ""}
          onChange={(action) => void navigate({ search: auditSearch({ action }), replace: true })}
          options={[
            { value: "", label: t`All` },
            ...ACTIONS.map((each) => ({ value: each, label: text(each) })),
          ]}
        />
      </form>
      {items.length > 0 && (
        <div className={styles.scroll} tabIndex={0}>
          <table className={styles.table}>
            <caption>
              <Trans>What was done, the newest first</Trans>
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>When</Trans>
                </th>
                <th scope="col">
                  <Trans>Who</Trans>
                </th>
                <th scope="col">
                  <Trans>Action</Trans>
                </th>
                <th scope="col">
                  <Trans>On what</Trans>
                </th>
                <th scope="col">
                  <Trans>Reason</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((each, index) => (
                <tr key={index}>
                  <td className={styles.when}>{format.moment(each.at)}</td>
                  <td>{each.by}</td>
                  <td>{text(each.action)}</td>
                  <td>{each.object}</td>
                  <td className={styles.said}>{each.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More list={list} rows={items.length} />
    </div>
  );
}
