import { Trans, useLingui } from "@lingui/react/macro";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Link,
  Outlet,
  parseSearchWith,
  redirect,
} from "@tanstack/react-router";
import { lazily, loadAgain, NotLoaded } from "@/ui/lazily";
import { Shell } from "@/app/shell";
import { approvalsSearch } from "@/features/approvals/search";
import { stylesQuery } from "@/features/catalog/api/list-styles";
import { type CatalogSearch, catalogSearch } from "@/features/catalog/search";
import {
  type AssortmentSearch,
  assortmentSearch,
  type AuditSearch,
  auditSearch,
  companiesSearch,
  type CompaniesSearch,
  type DeadLettersSearch,
  deadLettersSearch,
  type DifferencesSearch,
  differencesSearch,
  type OrdersSearch,
  ordersSearch,
  type QuarantineSearch,
  quarantineSearch,
  type SharedGtinsSearch,
  sharedGtinsSearch,
  type WaitingSearch,
  waitingSearch,
} from "@/features/desk/search";
import { lineSheetSearch } from "@/features/line-sheet/search";
import { orderSearch, placedSearch } from "@/features/orders/search";
import { getChosenCompany } from "@/features/session/api/chosen-company";
import { styleQuery } from "@/features/style/api/get-style";
import { styleSearch } from "@/features/style/search";
import { onlyRead, readParameter } from "@/shared/address";
import { useBrandPerson } from "@/shared/scope";
import { FailedPage } from "@/ui/failed-page";
import { PageTitle } from "@/ui/page-title";

interface Context {
  client: QueryClient;
}

/** The page asks again, and says so where that fails, too. */
const ignoreFailure = () => undefined;

const deskPage = (name: keyof typeof import("@/app/desk-pages")) =>
  lazily(() => import("@/app/desk-pages").then((module) => module[name]));

const DeskShell = deskPage("DeskShell");

const root = createRootRouteWithContext<Context>()({
  component: Root,
  notFoundComponent: NotFound,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/catalog", search: {} });
  },
});

const catalog = createRoute({
  getParentRoute: () => root,
  path: "/catalog",
  validateSearch: onlyRead<CatalogSearch>(catalogSearch),
  loaderDeps: ({ search }) => search,
  // Asked for while the page's own code is under way.
  loader: ({ context: { client }, deps }) => {
    const company = getChosenCompany();
    if (company) client.infiniteQuery(stylesQuery([company], deps)).catch(ignoreFailure);
  },
  component: lazily(() =>
    import("@/features/catalog/components/catalog-page").then((module) => module.CatalogPage),
  ),
});

const style = createRoute({
  getParentRoute: () => root,
  path: "/styles/$style",
  validateSearch: onlyRead(styleSearch),
  // Asked for as soon as somebody points at a link to it.
  loader: ({ context: { client }, params }) => {
    const company = getChosenCompany();
    if (company) client.query(styleQuery([company], params.style)).catch(ignoreFailure);
  },
  component: lazily(() =>
    import("@/features/style/components/style-page").then((module) => module.StylePage),
  ),
});

const lineSheet = createRoute({
  getParentRoute: () => root,
  path: "/line-sheet",
  validateSearch: onlyRead(lineSheetSearch),
  component: lazily(() =>
    import("@/features/line-sheet/components/line-sheet-page").then(
      (module) => module.LineSheetPage,
    ),
  ),
});

const carts = createRoute({
  getParentRoute: () => root,
  path: "/carts",
  component: lazily(() =>
    import("@/features/carts/components/carts-page").then((module) => module.CartsPage),
  ),
});

const cart = createRoute({
  getParentRoute: () => root,
  path: "/carts/$cart",
  component: lazily(() =>
    import("@/features/carts/components/cart-page").then((module) => module.CartPage),
  ),
});

const people = createRoute({
  getParentRoute: () => root,
  path: "/company/people",
  component: lazily(() =>
    import("@/features/people/components/people-page").then((module) => module.PeoplePage),
  ),
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: "/approvals",
  validateSearch: onlyRead(approvalsSearch),
  component: lazily(() =>
    import("@/features/approvals/components/approvals-page").then((module) => module.ApprovalsPage),
  ),
});

const approval = createRoute({
  getParentRoute: () => root,
  path: "/approvals/$group",
  component: lazily(() =>
    import("@/features/approvals/components/approval-page").then((module) => module.ApprovalPage),
  ),
});

const approvalRules = createRoute({
  getParentRoute: () => root,
  path: "/company/approvals",
  component: lazily(() =>
    import("@/features/approvals/components/rules-page").then((module) => module.RulesPage),
  ),
});

const mappings = createRoute({
  getParentRoute: () => root,
  path: "/carts/columns",
  component: lazily(() =>
    import("@/features/carts/components/mappings-page").then((module) => module.MappingsPage),
  ),
});

const placing = createRoute({
  getParentRoute: () => root,
  path: "/carts/$cart/place",
  component: lazily(() =>
    import("@/features/orders/components/place-page").then((module) => module.PlacePage),
  ),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: "/orders",
  validateSearch: onlyRead(orderSearch),
  component: lazily(() =>
    import("@/features/orders/components/orders-page").then((module) => module.OrdersPage),
  ),
});

const order = createRoute({
  getParentRoute: () => root,
  path: "/orders/$number",
  component: lazily(() =>
    import("@/features/orders/components/order-page").then((module) => module.OrderPage),
  ),
});

const placed = createRoute({
  getParentRoute: () => root,
  path: "/placed/$group",
  validateSearch: onlyRead(placedSearch),
  component: lazily(() =>
    import("@/features/orders/components/placed-page").then((module) => module.PlacedPage),
  ),
});

const desk = createRoute({ getParentRoute: () => root, path: "/desk", component: Desk });

const deskOverview = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: deskPage("OverviewPage"),
});

const quarantine = createRoute({
  getParentRoute: () => desk,
  path: "/quarantine",
  validateSearch: onlyRead<QuarantineSearch>(quarantineSearch),
  component: deskPage("QuarantinePage"),
});

const quarantined = createRoute({
  getParentRoute: () => desk,
  path: "/quarantine/$entry",
  component: deskPage("EntryPage"),
});

const waiting = createRoute({
  getParentRoute: () => desk,
  path: "/waiting",
  validateSearch: onlyRead<WaitingSearch>(waitingSearch),
  component: deskPage("WaitingPage"),
});

const waitingEntry = createRoute({
  getParentRoute: () => desk,
  path: "/waiting/$entry",
  component: deskPage("WaitingEntryPage"),
});

const deadLetters = createRoute({
  getParentRoute: () => desk,
  path: "/dead-letters",
  validateSearch: onlyRead<DeadLettersSearch>(deadLettersSearch),
  component: deskPage("DeadLettersPage"),
});

const deadLetter = createRoute({
  getParentRoute: () => desk,
  path: "/dead-letters/$entry",
  component: deskPage("DeadLetterPage"),
});

const handovers = createRoute({
  getParentRoute: () => desk,
  path: "/orders",
  validateSearch: onlyRead<OrdersSearch>(ordersSearch),
  component: deskPage("HandoversPage"),
});

const handover = createRoute({
  getParentRoute: () => desk,
  path: "/orders/$number",
  component: deskPage("HandoverPage"),
});

const reconciliation = createRoute({
  getParentRoute: () => desk,
  path: "/reconciliation",
  component: deskPage("ReconciliationPage"),
});

const snapshot = createRoute({
  getParentRoute: () => desk,
  path: "/snapshots/$entry",
  component: deskPage("SnapshotPage"),
});

const differences = createRoute({
  getParentRoute: () => desk,
  path: "/differences",
  validateSearch: onlyRead<DifferencesSearch>(differencesSearch),
  component: deskPage("DifferencesPage"),
});

const difference = createRoute({
  getParentRoute: () => desk,
  path: "/differences/$number",
  component: deskPage("DifferencePage"),
});

const sharedGtins = createRoute({
  getParentRoute: () => desk,
  path: "/shared-gtins",
  validateSearch: onlyRead<SharedGtinsSearch>(sharedGtinsSearch),
  component: deskPage("SharedGtinsPage"),
});

const assortments = createRoute({
  getParentRoute: () => desk,
  path: "/assortments",
  component: deskPage("AssortmentsPage"),
});

const assortment = createRoute({
  getParentRoute: () => desk,
  path: "/assortments/$id",
  validateSearch: onlyRead<AssortmentSearch>(assortmentSearch),
  component: deskPage("AssortmentPage"),
});

const deskCompanies = createRoute({
  getParentRoute: () => desk,
  path: "/companies",
  validateSearch: onlyRead<CompaniesSearch>(companiesSearch),
  component: deskPage("CompaniesPage"),
});

const audit = createRoute({
  getParentRoute: () => desk,
  path: "/audit",
  validateSearch: onlyRead<AuditSearch>(auditSearch),
  component: deskPage("AuditPage"),
});

function Root() {
  return useBrandPerson() ? <DeskShell /> : <Shell />;
}

/** The desk, which to everybody else is not there. */
function Desk() {
  return useBrandPerson() ? <Outlet /> : <NotFound />;
}

function NotFound() {
  const { t } = useLingui();
  const title = t`There is nothing at this address.`;
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <h1>{title}</h1>
      <ToCatalog />
    </>
  );
}

function ToCatalog() {
  return (
    <Link to="/catalog" search={{}}>
      <Trans>To the catalogue</Trans>
    </Link>
  );
}

export const router = createRouter({
  parseSearch: parseSearchWith(readParameter),
  routeTree: root.addChildren([
    home,
    catalog,
    lineSheet,
    style,
    carts,
    cart,
    mappings,
    people,
    approvals,
    approval,
    approvalRules,
    placing,
    orders,
    order,
    placed,
    desk.addChildren([
      deskOverview,
      quarantine,
      quarantined,
      waiting,
      waitingEntry,
      deadLetters,
      deadLetter,
      handovers,
      handover,
      reconciliation,
      snapshot,
      differences,
      difference,
      sharedGtins,
      assortments,
      assortment,
      deskCompanies,
      audit,
    ]),
  ]),
  context: { client: undefined! },
  scrollRestoration: true,
  defaultPreload: "intent",
  // How old may be what was asked for is the queries' matter.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: ({ error, reset }) => (
    <FailedPage
      error={error}
      onRetry={error instanceof NotLoaded ? () => void loadAgain() : reset}
      back={<ToCatalog />}
    />
  ),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
