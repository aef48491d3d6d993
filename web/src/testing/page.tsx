import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import type { ReactNode } from "react";
import { setRequestContext } from "@/api/client";
import { type Scope, ScopeContext } from "@/shared/scope";
import { pathOf, stubFetch } from "@/testing/fetch";
import { show } from "@/testing/render";

const address = { street: "", postal_code: "", city: "", region: "", country: "DE" };

export const SCOPE: Scope = {
  me: { uid: "anna", name: "Anna Vogel", companies: [] } as unknown as Scope["me"],
  company: {
    id: "100001",
    name: "Sporthaus Lindenau",
    currency: "EUR",
    address,
  } as unknown as Scope["company"],
  doors: [],
  moreDoors: false,
  mayOrder: true,
  language: "en",
};

/** What the services answer, by path; a function gets the query. Anything else is not found. */
export type Answers = Record<string, unknown>;
type Handler = (query: URLSearchParams) => unknown;

/** Answers requests, and tells which were sent. */
export function answering(answers: Answers): string[] {
  const asked: string[] = [];
  setRequestContext({
    token: async () => "token",
    company: () => SCOPE.company.id,
    locale: () => "en",
  });
  stubFetch(async (request) => {
    asked.push(pathOf(request));
    const { pathname, searchParams } = new URL(request.url);
    const answer = answers[pathname];
    const body: unknown =
      typeof answer === "function" ? await (answer as Handler)(searchParams) : answer;
    if (body instanceof Response) return body;
    return Response.json(body ?? { code: "not_found" }, { status: body ? 200 : 404 });
  });
  return asked;
}

/** Shows a page at its address, the pages around it as their addresses. */
export function showPage(
  path: string,
  Page: () => ReactNode,
  at: string,
  validateSearch: (raw: Record<string, unknown>) => object = (raw) => raw,
  scope: Partial<Scope> = {},
) {
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({ getParentRoute: () => root, path, validateSearch, component: Page });
  const rest = createRoute({ getParentRoute: () => root, path: "$", component: () => null });
  const router = createRouter({
    routeTree: root.addChildren([page, rest]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const shown = show(
    <QueryClientProvider client={client}>
      <ScopeContext value={{ ...SCOPE, ...scope }}>
        <RouterProvider router={router as never} />
      </ScopeContext>
    </QueryClientProvider>,
  );
  return { ...shown, router };
}
