import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { useReplayMany } from "@/features/desk/api/actions";
import { type QuarantineHead, quarantineQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { More } from "@/features/desk/components/more";
import { AGES, type QuarantineSearch, TOPICS } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** What SAP sent and could not be taken in. */
export function QuarantinePage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/quarantine" });
  const list = useInfiniteQuery(quarantineQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Quarantine`}</PageTitle>
      <h1>
        <Trans>Quarantine</Trans>
      </h1>
      <Filters search={search} key={search.says ?? ""} />
      {search.says && items.length > 0 && <ReplayAll search={search} says={search.says} />}
      {items.length > 0 && <Entries items={items} />}
      <More list={list} rows={items.length} />
    </div>
  );
}

function Filters({ search }: { search: QuarantineSearch }) {
  const { t } = useLingui();
  const navigate = useNavigate({ from: "/desk/quarantine" });
  const [says, setSays] = useState(search.says ?? "");
  const set = (name: keyof QuarantineSearch, value: string | number) => {
    const { [name]: _, ...rest } = search;
    void navigate({ search: value ? { ...rest, [name]: value } : rest, replace: true });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    set("says", says.trim());
  };
  return (
    <form role="search" className={styles.filters} onSubmit={submit}>
      <Select
        label={t`Topic`}
        value={search.topic ?? ""}
        onChange={(value) => set("topic", value)}
        options={[
          { value: "", label: t`All` },
          ...TOPICS.map((topic) => ({ value: topic, label: topic })),
        ]}
      />
      <Select
        label={t`Age`}
        value={String(search.hours ?? "")}
        onChange={(value) => set("hours", Number(value))}
        options={[
          { value: "", label: t`Any` },
          ...AGES.map((hours) => ({ value: String(hours), label: t`Over ${hours} h` })),
        ]}
      />
      <TextField
        label={t`Reason contains`}
        type="search"
        value={says}
        maxLength={200}
        onChange={(event) => setSays(event.target.value)}
      />
      <Button type="submit">
        <Trans>Search</Trans>
      </Button>
    </form>
  );
}

function ReplayAll({ search, says }: { search: QuarantineSearch; says: string }) {
  const replay = useReplayMany();
  return (
    <div className={styles.actions}>
      <Button
        isDisabled={replay.isPending}
        onPress={() => replay.mutate({ topic: search.topic ?? null, says })}
      >
        <Trans>Replay all with this reason</Trans>
      </Button>
      {replay.error && <Failure error={replay.error} />}
      {replay.data && (
        <Notice>
          <Plural
            value={replay.data.count}
            one="# message was replayed."
            other="# messages were replayed."
          />
          {replay.data.more && <Trans>There are more of them: replay again.</Trans>}
        </Notice>
      )}
    </div>
  );
}

function Entries({ items }: { items: QuarantineHead[] }) {
  const format = useFormat();
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>Messages that could not be taken in, the newest first</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Message</Trans>
            </th>
            <th scope="col">
              <Trans>Family</Trans>
            </th>
            <th scope="col">
              <Trans>Received</Trans>
            </th>
            <th scope="col">
              <Trans>Reasons</Trans>
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
                <Link to="/desk/quarantine/$entry" params={{ entry: each.entry }}>
                  {each.entry}
                </Link>
              </td>
              <td>{each.kind}</td>
              <td className={styles.when}>{format.moment(each.received_at)}</td>
              <td className={styles.said}>
                {each.reasons.map((reason, index) => (
                  <div key={index}>{reason}</div>
                ))}
                {each.reason_count > each.reasons.length && (
                  <Plural
                    value={each.reason_count - each.reasons.length}
                    one="and # more"
                    other="and # more"
                  />
                )}
              </td>
              <td className={styles.number}>{format.number(each.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
