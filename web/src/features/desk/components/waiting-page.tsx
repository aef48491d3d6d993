import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { type WaitingHead, waitingQuery } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { More } from "@/features/desk/components/more";
import { FAMILIES, KINDS, type WaitingSearch } from "@/features/desk/search";
import { useAwaitedText, useKindText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";
import { PageTitle } from "@/ui/page-title";

/** What SAP sent and waits for something that it has not sent. */
export function WaitingPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/waiting" });
  const list = useInfiniteQuery(waitingQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Waiting messages`}</PageTitle>
      <h1>
        <Trans>Waiting messages</Trans>
      </h1>
      <p>
        <Trans>
          They are applied within a minute after what they wait for has come, and need nobody. Those
          marked as old have waited for long: look whether SAP has sent that at all.
        </Trans>
      </p>
      <Filters search={search} key={search.key ?? ""} />
      {items.length > 0 && <Entries items={items} />}
      <More list={list} rows={items.length} />
    </div>
  );
}

function Filters({ search }: { search: WaitingSearch }) {
  const { t } = useLingui();
  const kindText = useKindText();
  const navigate = useNavigate({ from: "/desk/waiting" });
  const [key, setKey] = useState(search.key ?? "");
  const set = (name: keyof WaitingSearch, value: string | boolean) => {
    const { [name]: _, ...rest } = search;
    void navigate({ search: value ? { ...rest, [name]: value } : rest, replace: true });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    set("key", key.trim());
  };
  return (
    <form role="search" className={styles.filters} onSubmit={submit}>
      <Select
        label={t`Family`}
        value={search.family ?? ""}
        onChange={(value) => set("family", value)}
        options={[
          { value: "", label: t`All` },
          ...FAMILIES.map((family) => ({ value: family, label: family })),
        ]}
      />
      <Select
        label={t`Waits for`}
        value={search.waits_for ?? ""}
        onChange={(value) => set("waits_for", value)}
        options={[
          { value: "", label: t`All` },
          ...KINDS.map((kind) => ({ value: kind, label: kindText(kind) })),
        ]}
      />
      <Select
        label={t`Age`}
        value={search.old ? "old" : ""}
        onChange={(value) => set("old", value === "old")}
        options={[
          { value: "", label: t`Any` },
          { value: "old", label: t`Old` },
        ]}
      />
      <TextField
        label={t`Number contains`}
        type="search"
        value={key}
        maxLength={200}
        onChange={(event) => setKey(event.target.value)}
      />
      <Button type="submit">
        <Trans>Search</Trans>
      </Button>
    </form>
  );
}

function Entries({ items }: { items: WaitingHead[] }) {
  const format = useFormat();
  const awaitedText = useAwaitedText();
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <Trans>Messages that wait for something, the newest first</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>About</Trans>
            </th>
            <th scope="col">
              <Trans>Family</Trans>
            </th>
            <th scope="col">
              <Trans>Waits for</Trans>
            </th>
            <th scope="col">
              <Trans>Since</Trans>
            </th>
            <th scope="col">
              <Trans>Age</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.entry}>
              <td>
                <Link to="/desk/waiting/$entry" params={{ entry: each.entry }}>
                  {each.object || each.entry}
                </Link>
              </td>
              <td>{each.kind}</td>
              <td className={styles.said}>
                {each.awaits.map((awaited) => (
                  <div key={awaited}>{awaitedText(awaited)}</div>
                ))}
              </td>
              <td className={styles.when}>{format.moment(each.since)}</td>
              <td>
                {each.is_old && (
                  <strong>
                    <Trans>Old</Trans>
                  </strong>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
