import { useLingui } from "@lingui/react";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from "react";
import { Problem } from "@/api/problem";
import {
  chooseCompany,
  getChosenCompany,
  onCompanyChoice,
} from "@/features/session/api/chosen-company";
import { companyQuery } from "@/features/session/api/get-company";
import { meQuery } from "@/features/session/api/get-me";
import { onSession, session, whyEnded } from "@/features/session/api/session";
import { SignIn } from "@/features/session/components/sign-in";
import { SignInAgain } from "@/features/session/components/sign-in-again";
import { SignOut } from "@/features/session/components/sign-out";
import { VerifyEmail } from "@/features/session/components/verify-email";
import { ZoneContext } from "@/i18n/format";
import { activate, chosenLanguage, languageOf } from "@/i18n/locale";
import { doorsQuery } from "@/shared/doors";
import { BrandContext, type Me, ScopeContext } from "@/shared/scope";
import { lazily } from "@/ui/lazily";
import { Failure, Notice } from "@/ui/notice";
import styles from "@/features/session/components/sign-in.module.css";

const MyInvitations = lazily(() =>
  import("@/features/session/components/my-invitations").then((module) => module.default),
);

/**
 * Shows its children once it is known who works for which company, else the sign-in. A session
 * that ends takes nothing away: the sign-in is over the page then.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  const state = useSyncExternalStore(onSession, session);
  if (state === "out") return <SignIn language={i18n.locale} />;
  return (
    <>
      {/* Who walks past the screen of somebody who left it sees nothing of theirs. */}
      <div className={styles.kept} hidden={state === "ended" && whyEnded() === "idle"}>
        <Person>{children}</Person>
      </div>
      {state === "ended" && <SignInAgain />}
    </>
  );
}

function Person({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  const me = useQuery(meQuery());
  const chosen = useSyncExternalStore(onCompanyChoice, getChosenCompany);
  useEffect(() => {
    const language = me.data && languageOf(me.data.language);
    if (language && language !== i18n.locale && !chosenLanguage()) {
      // Not loaded, the page stays in the browser's.
      activate(language).catch(() => undefined);
    }
  }, [me.data, i18n]);
  const company = me.data && companyOf(me.data, chosen);
  useEffect(() => {
    // Requests name the company that is chosen, so nothing is asked for before one is.
    if (company && company !== chosen) chooseCompany(company);
  }, [company, chosen]);
  if (me.error instanceof Problem && me.error.code === "email_not_verified") {
    return <VerifyEmail onVerified={() => void me.refetch()} />;
  }
  if (!me.data) {
    return me.error ? <Blocked error={me.error} onRetry={() => void me.refetch()} /> : <Loading />;
  }
  if (isAtDesk(me.data)) return <BrandContext value={me.data}>{children}</BrandContext>;
  if (!company) return <NoCompany me={me.data} />;
  if (company !== chosen) return <Loading />;
  return (
    <ForCompany me={me.data} id={company}>
      {children}
    </ForCompany>
  );
}

/** The services let in whom the brand gave such a role, and no company. */
const isAtDesk = (me: Me) =>
  !me.companies.length && (me.brand_role === "operator" || me.brand_role === "brand_admin");

function companyOf(me: Me, chosen: string | null): string | undefined {
  const mine = me.companies.map((company) => company.id);
  return [chosen, me.default_company, mine[0]].find((id): id is string => mine.includes(id ?? ""));
}

function ForCompany({ me, id, children }: { me: Me; id: string; children: ReactNode }) {
  const { i18n } = useLingui();
  const company = useQuery(companyQuery(id));
  const doors = useQuery(doorsQuery(id));
  const scope = useMemo(() => {
    if (!company.data || !doors.data) return null;
    const role = me.companies.find((membership) => membership.id === id)?.role;
    const mayOrder = role !== "viewer";
    const { items, more } = doors.data;
    const known = { company: company.data, doors: items, moreDoors: more };
    return { me, ...known, mayOrder, language: i18n.locale };
  }, [me, id, company.data, doors.data, i18n.locale]);
  const failed = company.data ? doors : company;
  if (!scope && failed.error) {
    return <Blocked error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (!scope) return <Loading />;
  return (
    <ScopeContext value={scope}>
      <ZoneContext value={scope.company.time_zone}>{children}</ZoneContext>
    </ScopeContext>
  );
}

function Loading() {
  return (
    <main className={styles.main} aria-busy="true">
      <p className={styles.brand}>Sellin</p>
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    </main>
  );
}

function Blocked({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className={styles.main}>
      <p className={styles.brand}>Sellin</p>
      <Failure error={error} onRetry={onRetry} />
      <SignOut />
    </main>
  );
}

function NoCompany({ me }: { me: Me }) {
  return (
    <main className={styles.main}>
      <p className={styles.brand}>Sellin</p>
      <MyInvitations invitations={me.invitations} />
      {!me.invitations.length && (
        <Notice>
          <Trans>
            Your account belongs to no company yet. Please ask an administrator of your company, or
            your contact at the brand.
          </Trans>
        </Notice>
      )}
      <SignOut />
    </main>
  );
}
