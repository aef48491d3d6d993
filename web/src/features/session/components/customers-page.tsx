import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import styles from "@/features/session/components/customers-page.module.css";
import { useCompanySwitch } from "@/features/session/use-company-switch";
import { useFormat } from "@/i18n/format";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Shown at once; whoever has more of them searches. */
const MOST_SHOWN = 100;

/** The companies that a sales rep acts for, by name, and the way to each. */
export function CustomersPage() {
  const { t } = useLingui();
  const { me, company } = useScope();
  const { compare, number } = useFormat();
  const switchTo = useCompanySwitch();
  const [text, setText] = useState("");
  const customers = me.companies
    .filter(({ role }) => role === "rep")
    .sort((a, b) => compare(a.name, b.name));
  const wanted = folded(text);
  const found = customers.filter(({ id, name }) => `${folded(name)} ${id}`.includes(wanted));
  const [shown, all] = [number(Math.min(found.length, MOST_SHOWN)), number(found.length)];
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
        <TextField
          type="search"
          label={t`Name or number`}
          autoComplete="off"
          className={styles.search}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {customers.length > 0 && (
        <p role="status">
          <Trans>
            {shown} of {all}
          </Trans>
        </p>
      )}
      <ul className={styles.list}>
        {found.slice(0, MOST_SHOWN).map(({ id, name }) => (
          <li key={id} className={styles.row}>
            <span className={styles.name}>
              <strong>{name}</strong>
              <small>{id}</small>
            </span>
            {id === company.id && <Trans>You act for them now</Trans>}
            <Button onPress={() => void switchTo(id)}>
              <Trans>Act for {name}</Trans>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Letters without case and accents. */
const folded = (text: string) =>
  text.trim().normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
