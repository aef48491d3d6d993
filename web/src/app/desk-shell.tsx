import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Navigate, Outlet, useLocation } from "@tanstack/react-router";
import styles from "@/app/shell.module.css";
import { useDeskWords } from "@/features/desk/use-words";
import { LanguageSwitch } from "@/features/session/components/language-switch";
import { SignOut } from "@/features/session/components/sign-out";
import { useBrandPerson } from "@/shared/scope";

/** What is around every page of the desk. */
export function DeskShell() {
  const { t, i18n } = useLingui();
  const me = useBrandPerson();
  const hasWords = useDeskWords();
  const path = useLocation({ select: (location) => location.pathname });
  // The other pages are of a company, and these people belong to none.
  if (path !== "/desk" && !path.startsWith("/desk/")) return <Navigate to="/desk" replace />;
  if (!hasWords) return null;
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        <Trans>Skip to the content</Trans>
      </a>
      <header className={styles.bar}>
        <Link to="/desk" className={styles.brand} aria-label={t`Sellin, desk`}>
          Sellin
        </Link>
        <nav aria-label={t`Pages`} className={styles.pages}>
          <Link to="/desk" activeOptions={{ exact: true }}>
            <Trans>Desk</Trans>
          </Link>
          <Link to="/desk/quarantine" search={{}} activeOptions={{ includeSearch: false }}>
            <Trans>Quarantine</Trans>
          </Link>
          <Link to="/desk/waiting" search={{}} activeOptions={{ includeSearch: false }}>
            <Trans>Waiting messages</Trans>
          </Link>
          <Link to="/desk/dead-letters" search={{}} activeOptions={{ includeSearch: false }}>
            <Trans>Dead letters</Trans>
          </Link>
          <Link
            to="/desk/orders"
            search={{ state: "parked", of: "order" }}
            activeOptions={{ includeSearch: false }}
          >
            <Trans>Orders</Trans>
          </Link>
          <Link to="/desk/reconciliation">
            <Trans>Reconciliation</Trans>
          </Link>
          <Link to="/desk/shared-gtins" search={{}} activeOptions={{ includeSearch: false }}>
            <Trans>Shared GTINs</Trans>
          </Link>
          {me?.brand_role === "brand_admin" && (
            <>
              <Link to="/desk/assortments">
                <Trans>Assortments</Trans>
              </Link>
              <Link to="/desk/audit" search={{}} activeOptions={{ includeSearch: false }}>
                <Trans>Audit</Trans>
              </Link>
            </>
          )}
        </nav>
        <div className={styles.person}>
          <span>{me?.name}</span>
          <LanguageSwitch language={i18n.locale} />
          <SignOut />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        <Outlet />
      </main>
    </div>
  );
}
