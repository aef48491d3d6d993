import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { CustomerRow } from "@/features/session/components/customer-row";
import styles from "@/features/session/components/customers-page.module.css";
import { useCustomerFacts } from "@/features/session/use-customer-facts";
import { useFormat } from "@/i18n/format";
import { type Me, useScope } from "@/shared/scope";
import { TextField } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Shown at once; whoever has more of them searches. */
const MOST_SHOWN = 100;

/** A rep's home: the companies that they act for, what is to be done there, and the way to it. */
export function CustomersPage() {
  const { t } = useLingui();
  const { me } = useScope();
  const { compare } = useFormat();
  const customers = me.companies
    .filter(({ role }) => role === "rep")
    .sort((a, b) => compare(a.name, b.name));
  return (
    <div className={styles.page}>
      <PageTitle>{t`Your customers`}</PageTitle>
      <h1>
        <Trans>Your customers</Trans>
      </h1>
      {customers.length === 0 ? (
        <Notice>
          <Trans>You act for no company as a sales rep.</Trans>
        </Notice>
      ) : (
        <Customers customers={customers} />
      )}
    </div>
  );
}

function Customers({ customers }: { customers: Me["companies"] }) {
  const { t } = useLingui();
  const { number } = useFormat();
  const { facts, isComplete, error, onRetry } = useCustomerFacts();
  const [text, setText] = useState("");
  const [onlyUrgent, setOnlyUrgent] = useState(false);
  const wanted = folded(text);
  const found = customers.filter(
    ({ id, name }) =>
      `${folded(name)} ${id}`.includes(wanted) &&
      (!onlyUrgent || facts.get(id)?.some(({ isUrgent }) => isUrgent)),
  );
  const [shown, all] = [number(Math.min(found.length, MOST_SHOWN)), number(found.length)];
  return (
    <>
      <div className={styles.filters}>
        <TextField
          type="search"
          label={t`Name or number`}
          autoComplete="off"
          className={styles.search}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <label className={styles.filter}>
          <input
            type="checkbox"
            checked={onlyUrgent}
            onChange={({ target }) => setOnlyUrgent(target.checked)}
          />
          <Trans>Needs attention</Trans>
        </label>
      </div>
      {error && <Failure error={error} onRetry={onRetry} />}
      <p role="status">
        <Trans>
          {shown} of {all}
        </Trans>{" "}
        {!isComplete && !error && <Trans>Loading…</Trans>}
      </p>
      <ul className={styles.list}>
        {found.slice(0, MOST_SHOWN).map(({ id, name }) => (
          <CustomerRow
            key={id}
            id={id}
            name={name}
            facts={facts.get(id) ?? []}
            isComplete={isComplete}
          />
        ))}
      </ul>
    </>
  );
}

/** Letters without case and accents. */
const folded = (text: string) =>
  text.trim().normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
