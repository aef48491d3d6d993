import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type SyntheticEvent, useState } from "react";
import {
  type CompanyAction,
  type Decision,
  historyQuery,
  useDownloadHistory,
} from "@/features/people/api/history";
import styles from "@/features/people/components/people-page.module.css";
import { ACTIONS, type HistorySearch, historySearch } from "@/features/people/search";
import { useFormat } from "@/i18n/format";
import { useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Downloads } from "@/ui/downloads";
import { Select, TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";
import { type Column, Table } from "@/ui/table";

/** What was decided about the company's people and rules, by whom. */
export function HistoryPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/company/audit" });
  const found = useInfiniteQuery(historyQuery(useScopeKey(), search));
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = useColumns();
  return (
    <div className={styles.page}>
      <PageTitle>{t`Log of decisions`}</PageTitle>
      <h1>
        <Trans>Log of decisions</Trans>
      </h1>
      <p>
        <Trans>
          Who decided what about people and rules of your company. Nobody can change it.
        </Trans>
      </p>
      <Filters search={search} />
      <Downloads download={useDownloadHistory(search)} className={styles.actions} />
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {found.isSuccess && items.length === 0 && (
        <p role="status">
          <Trans>Nothing here.</Trans>
        </p>
      )}
      {items.length > 0 && (
        <Table
          caption={<Trans>What was decided, the newest first</Trans>}
          columns={columns}
          items={items}
          keyOf={(each) => `${each.at} ${each.action} ${each.about}`}
        />
      )}
      {found.hasNextPage && (
        <Button isDisabled={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </div>
  );
}

function Filters({ search }: { search: HistorySearch }) {
  const { t } = useLingui();
  const text = useActionText();
  const navigate = useNavigate({ from: "/company/audit" });
  const [who, setWho] = useState(search.who ?? "");
  const set = (changed: Partial<Record<keyof HistorySearch, string>>) =>
    void navigate({ search: historySearch({ ...search, ...changed }), replace: true });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    set({ who: who.trim() });
  };
  return (
    <form role="search" className={styles.filters} onSubmit={submit}>
      <TextField
        label={t`Name or e-mail`}
        type="search"
        maxLength={100}
        value={who}
        onChange={(event) => setWho(event.target.value)}
      />
      <Select
        label={t`Action`}
        value={search.action ?? ""}
        onChange={(action) => set({ action })}
        options={[
          { value: "", label: t`All` },
          ...ACTIONS.map((value) => ({ value, label: text(value) })),
        ]}
      />
      <TextField
        label={t`From day`}
        type="date"
        value={search.since ?? ""}
        onChange={(event) => set({ since: event.target.value })}
      />
      <TextField
        label={t`To day`}
        type="date"
        value={search.until ?? ""}
        onChange={(event) => set({ until: event.target.value })}
      />
      <Button type="submit">
        <Trans>Search</Trans>
      </Button>
    </form>
  );
}

function useColumns(): Column<Decision>[] {
  const { t } = useLingui();
  const format = useFormat();
  const text = useActionText();
  return [
    { name: t`When`, cell: (each) => format.moment(each.at), kind: "tight" },
    { name: t`Who`, cell: (each) => each.by },
    { name: t`Action`, cell: (each) => text(each.action) },
    { name: t`For whom`, cell: (each) => each.about },
    { name: t`Before`, cell: (each) => each.before, kind: "text" },
    { name: t`After`, cell: (each) => each.after, kind: "text" },
  ];
}

function useActionText(): (action: CompanyAction) => string {
  const { t } = useLingui();
  return (action) =>
    ({
      invite: t`Person invited`,
      withdraw: t`Invitation withdrawn`,
      join: t`Person let in`,
      change_person: t`Person's role changed`,
      remove_person: t`Person removed`,
      change_rules: t`Rules for approvals changed`,
      name_deputy: t`Deputy of an approver named`,
    })[action];
}
