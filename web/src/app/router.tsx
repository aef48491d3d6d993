import { Trans } from "@lingui/react/macro";
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { Shell } from "@/app/shell";
import { catalogSearch } from "@/features/catalog/search";
import { orderSearch } from "@/features/orders/search";
import { Failure, Notice } from "@/ui/notice";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

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
  validateSearch: catalogSearch,
  component: lazyRouteComponent(
    () => import("@/features/catalog/components/catalog-page"),
    "CatalogPage",
  ),
});

const style = createRoute({
  getParentRoute: () => root,
  path: "/styles/$style",
  validateSearch: (search: Record<string, unknown>): { door?: string; window?: string } => ({
    ...(typeof search.door === "string" && { door: search.door }),
    ...(typeof search.window === "string" && { window: search.window }),
  }),
  component: lazyRouteComponent(
    () => import("@/features/style/components/style-page"),
    "StylePage",
  ),
});

const carts = createRoute({
  getParentRoute: () => root,
  path: "/carts",
  component: lazyRouteComponent(
    () => import("@/features/carts/components/carts-page"),
    "CartsPage",
  ),
});

const cart = createRoute({
  getParentRoute: () => root,
  path: "/carts/$cart",
  component: lazyRouteComponent(() => import("@/features/carts/components/cart-page"), "CartPage"),
});

const placing = createRoute({
  getParentRoute: () => root,
  path: "/carts/$cart/place",
  component: lazyRouteComponent(
    () => import("@/features/orders/components/place-page"),
    "PlacePage",
  ),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: "/orders",
  validateSearch: orderSearch,
  component: lazyRouteComponent(
    () => import("@/features/orders/components/orders-page"),
    "OrdersPage",
  ),
});

const order = createRoute({
  getParentRoute: () => root,
  path: "/orders/$number",
  component: lazyRouteComponent(
    () => import("@/features/orders/components/order-page"),
    "OrderPage",
  ),
});

const placed = createRoute({
  getParentRoute: () => root,
  path: "/placed/$group",
  validateSearch: (search: Record<string, unknown>) => ({ orders: Number(search.orders) || 1 }),
  component: lazyRouteComponent(
    () => import("@/features/orders/components/placed-page"),
    "PlacedPage",
  ),
});

function NotFound() {
  return (
    <Notice>
      <Trans>There is nothing at this address.</Trans>
    </Notice>
  );
}

export const router = createRouter({
  routeTree: root.addChildren([home, catalog, style, carts, cart, placing, orders, order, placed]),
  scrollRestoration: true,
  defaultPreload: "intent",
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} onRetry={reset} />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
