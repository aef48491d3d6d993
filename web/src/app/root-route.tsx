import { Trans, useLingui } from "@lingui/react/macro";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Link } from "@tanstack/react-router";
import { Shell } from "@/app/shell";
import { useBrandPerson } from "@/shared/scope";
import { lazily } from "@/ui/lazily";
import { PageTitle } from "@/ui/page-title";

interface Context {
  client: QueryClient;
}

const DeskShell = lazily(() => import("@/app/desk-pages").then((module) => module.DeskShell));

/** What is around every page: another one for the brand's people. */
export const root = createRootRouteWithContext<Context>()({
  component: Root,
  notFoundComponent: NotFound,
});

function Root() {
  return useBrandPerson() ? <DeskShell /> : <Shell />;
}

/** There is no page at the address. */
export function NotFound() {
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

/** The way on from where there is nothing. */
export function ToCatalog() {
  return (
    <Link to="/catalog" search={{}}>
      <Trans>To the catalogue</Trans>
    </Link>
  );
}
