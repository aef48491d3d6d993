import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from "react";
import styles from "@/app/shell.module.css";
import { AccountMenu } from "@/features/session/components/account-menu";
import { useCompanySwitch } from "@/features/session/use-company-switch";
import { useFormat } from "@/i18n/format";
import { approvalsQuery } from "@/shared/approval/approvals";
import { useCart, useCurrentCartId, useLeftEntries } from "@/shared/cart/use-cart";
import { usePicks, writtenPicks } from "@/shared/picks";
import { useIsRep, useScope } from "@/shared/scope";
import hidden from "@/ui/hidden.module.css";
import { Notice } from "@/ui/notice";

// They are seldom there, nobody waits for them, and without them the page is as good.
const SystemNotices = lazy(() =>
  import("@/shared/system-notices").catch(() => ({ default: () => null })),
);

const RepBar = lazy(() => import("@/app/rep-bar"));

const MyInvitations = lazy(() =>
  import("@/features/session/components/my-invitations").catch(() => ({ default: () => null })),
);

/** What is around every page: the ways to go, the cart, the person. */
export function Shell() {
  const { t } = useLingui();
  const { company, me } = useScope();
  const isRep = useIsRep();
  const online = useSyncExternalStore(onConnection, () => navigator.onLine);
  const switchTo = useCompanySwitch();
  const content = useFocusOnNewPage();
  useLeftEntries();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        <Trans>Skip to the content</Trans>
      </a>
      {isRep && (
        <Suspense>
          <RepBar />
        </Suspense>
      )}
      <header className={styles.bar}>
        <Link to="/catalog" search={{}} className={styles.brand} aria-label={t`Sellin, catalogue`}>
          Sellin
        </Link>
        <nav aria-label={t`Pages`} className={styles.pages}>
          <Link to="/catalog" search={{}} activeOptions={{ includeSearch: false }}>
            <Trans>Catalogue</Trans>
          </Link>
          <LineSheet />
          <Link to="/carts">
            <Trans>Carts</Trans>
          </Link>
          <Link to="/orders" search={{}} activeOptions={{ includeSearch: false }}>
            <Trans>Orders</Trans>
          </Link>
          <Approvals />
        </nav>
        <CurrentCart />
        <AccountMenu onCompany={(chosen) => void switchTo(chosen)} />
      </header>
      {!online && (
        <Notice kind="warning">
          <Trans>
            You are offline. What you have opened stays readable, and entries are kept until you are
            connected again. Search and ordering wait.
          </Trans>
        </Notice>
      )}
      {company.order_block && (
        <Notice kind="warning">
          <Trans>Your company is blocked for orders just now. You can prepare carts.</Trans>
        </Notice>
      )}
      <Suspense>
        <SystemNotices />
        {!!me.invitations.length && <MyInvitations invitations={me.invitations} />}
      </Suspense>
      <main id="content" ref={content} tabIndex={-1} className={styles.content} key={company.id}>
        <Outlet />
      </main>
    </div>
  );
}

/** A new page is begun at its top by keyboard and screen reader, too. */
function useFocusOnNewPage() {
  const content = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) content.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return content;
}

/** The way to the line sheet, as soon as anything is picked for it. */
function LineSheet() {
  const { company } = useScope();
  const picks = usePicks(company.id);
  if (!picks.length) return null;
  return (
    <Link
      to="/line-sheet"
      search={{ styles: writtenPicks(picks) }}
      activeOptions={{ includeSearch: false }}
    >
      <Trans>Line sheet</Trans>
    </Link>
  );
}

/** The way to what waits for the reader, with how much that is; only of who may decide. */
function Approvals() {
  const { t } = useLingui();
  const { company, me } = useScope();
  const role = me.companies.find(({ id }) => id === company.id)?.role;
  const mayDecide = role === "approver" || role === "admin";
  const { data } = useInfiniteQuery({
    ...approvalsQuery([company.id], "waiting"),
    enabled: mayDecide,
  });
  if (!mayDecide) return null;
  const count = data?.pages[0]?.items.length ?? 0;
  return (
    <Link to="/approvals" search={{}} activeOptions={{ includeSearch: false }}>
      {count ? t`Approvals (${count})` : t`Approvals`}
    </Link>
  );
}

function CurrentCart() {
  const format = useFormat();
  const open = useCart(useCurrentCartId());
  if (!open) return null;
  const { name, totals } = open.cart;
  const pieces = format.number(totals.pieces);
  return (
    <Link to="/carts/$cart" params={{ cart: open.cart.id }} className={styles.cart}>
      <span className={hidden.hidden}>
        <Trans>Cart</Trans>
      </span>
      <span className={styles.cartName}>{name}</span>
      <span className={styles.pieces}>{pieces}</span>
      <span className={styles.net}>{format.money(totals.net)}</span>
    </Link>
  );
}

function onConnection(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
