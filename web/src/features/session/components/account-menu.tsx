import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { changeMe } from "@/features/session/api/change-me";
import { LanguageSwitch } from "@/features/session/components/language-switch";
import { SignOut } from "@/features/session/components/sign-out";
import styles from "@/features/session/components/account-menu.module.css";
import { useFormat } from "@/i18n/format";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Select } from "@/ui/field";

/** Who is signed in for which company; switches company and language, signs out. */
export function AccountMenu({ onCompany }: { onCompany: (company: string) => void }) {
  const { t } = useLingui();
  const { me, company, language } = useScope();
  const { compare } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const isAdmin = me.companies.some(({ id, role }) => id === company.id && role === "admin");
  const change = (chosen: string) => {
    setOpen(false);
    onCompany(chosen);
    changeMe({ default_company: chosen }).catch(() => undefined);
  };
  return (
    <>
      <Button
        look="quiet"
        onPress={() => setOpen(true)}
        aria-label={t`Account of ${me.name}, ${company.name}`}
      >
        <span className={styles.company}>{company.name}</span>
      </Button>
      <Dialog title={me.name} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p className={styles.mail}>{me.email}</p>
        {me.companies.length > 1 ? (
          <Select
            label={t`Company`}
            value={company.id}
            onChange={change}
            options={[...me.companies]
              .sort((a, b) => compare(a.name, b.name))
              .map((each) => ({ value: each.id, label: each.name }))}
          />
        ) : (
          <p>{company.name}</p>
        )}
        {isAdmin && (
          <>
            <Link to="/company/people" onClick={() => setOpen(false)}>
              <Trans>People of your company</Trans>
            </Link>
            <Link to="/company/approvals" onClick={() => setOpen(false)}>
              <Trans>Rules for approvals</Trans>
            </Link>
            <Link to="/company/audit" onClick={() => setOpen(false)}>
              <Trans>Log of decisions</Trans>
            </Link>
          </>
        )}
        <Link to="/approvals" search={{ box: "mine" }} onClick={() => setOpen(false)}>
          <Trans>Your orders that had to wait</Trans>
        </Link>
        <LanguageSwitch language={language} />
        <Credit />
        <div className={styles.actions}>
          <Button onPress={() => setOpen(false)}>
            <Trans>Close</Trans>
          </Button>
          <SignOut look="danger" />
        </div>
        <p className={styles.mail}>
          <Trans>Signing out ends your sessions on all devices.</Trans>
        </p>
      </Dialog>
    </>
  );
}

function Credit() {
  const format = useFormat();
  const { company } = useScope();
  if (!company.credit) return null;
  return (
    <dl className={styles.facts}>
      <dt>
        <Trans>Credit left</Trans>
      </dt>
      <dd>{format.money(company.credit.left)}</dd>
      <dt>
        <Trans>Credit limit</Trans>
      </dt>
      <dd>{format.money(company.credit.limit)}</dd>
    </dl>
  );
}
