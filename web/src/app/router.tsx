import { createRoute, createRouter, parseSearchWith, redirect } from "@tanstack/react-router";
import { deskRoutes } from "@/app/desk-routes";
import { root, ToCatalog } from "@/app/root-route";
import { lazily, loadAgain, NotLoaded } from "@/ui/lazily";
import { approvalsSearch } from "@/features/approvals/search";
import { stylesQuery } from "@/features/catalog/api/list-styles";
import { type CatalogSearch, catalogSearch } from "@/features/catalog/search";
import { lineSheetSearch } from "@/features/line-sheet/search";
import { orderSearch, placedSearch } from "@/features/orders/search";
import { historySearch } from "@/features/people/search";
import { getChosenCompany } from "@/features/session/api/chosen-company";
import { meQuery } from "@/features/session/api/get-me";
import { styleQuery } from "@/features/style/api/get-style";
import { styleSearch } from "@/features/style/search";
import { onlyRead, readParameter } from "@/shared/address";
import { FailedPage } from "@/ui/failed-page";

/** The page asks again, and says so where that fails, too. */
const ignoreFailure = () => undefined;

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async ({ context: { client } }) => {
    const me = await client.query(meQuery()).catch(ignoreFailure);
    const customers = me?.companies.filter(({ role }) => role === "rep") ?? [];
    throw redirect(customers.length > 1 ? { to: "/customers" } : { to: "/catalog", search: {} });
  },
});

const customers = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  component: lazily(() =>
    import("@/features/session/components/customers-page").then((module) => module.CustomersPage),
  ),
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

const decisions = createRoute({
  getParentRoute: () => root,
  path: "/company/audit",
  validateSearch: onlyRead(historySearch),
  component: lazily(() =>
    import("@/features/people/components/history-page").then((module) => module.HistoryPage),
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

export const router = createRouter({
  parseSearch: parseSearchWith(readParameter),
  routeTree: root.addChildren([
    home,
    customers,
    catalog,
    lineSheet,
    style,
    carts,
    cart,
    mappings,
    people,
    decisions,
    approvals,
    approval,
    approvalRules,
    placing,
    orders,
    order,
    placed,
    deskRoutes,
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
