import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/orders";
import { useScopeKey } from "@/shared/scope";

type Schemas = components["schemas"];
export type Policy = Schemas["PolicyView"];
export type Rule = Schemas["RuleView"];
export type Kind = Rule["kind"];

type Scope = readonly [company: string];

/** The company's rules of what waits for an approval. */
export const policyQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...scope, "approval-policy"],
    queryFn: () => request("get", "/v1/orders/approval-policy", {}),
  });

/** What they were, the latest first. */
export const revisionsQuery = (scope: Scope) =>
  infiniteQueryOptions({
    queryKey: [...scope, "approval-policy", "history"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      request("get", "/v1/orders/approval-policy/history", {
        params: { query: { cursor: pageParam } },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** What rules can name: people by name, and what the catalogue has. */
export const peopleQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...scope, "people-of-rules"],
    queryFn: async () => {
      const found: { uid: string; name: string; role: string }[] = [];
      let cursor: string | undefined;
      do {
        const query = { cursor };
        const page = await request("get", "/v1/accounts/company/people", { params: { query } });
        found.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor && found.length < MOST_PEOPLE);
      return found;
    },
  });

/** Of a company of more, rules name those who come first by name. */
const MOST_PEOPLE = 500;

/** Other rules; they hold from the next placing on. */
export function useSavePolicy(etag: string) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: (body: Pick<Policy, "rules" | "hold_days">) =>
      request("put", "/v1/orders/approval-policy", {
        params: { header: { "If-Match": etag } },
        body,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: [...scope, "approval-policy"] }),
  });
}
