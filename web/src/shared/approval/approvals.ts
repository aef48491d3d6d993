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
export type ApprovalHead = Schemas["ApprovalHead"];
export type Approval = Schemas["ApprovalView"];
export type Fired = Schemas["Fired"];
export type Box = "waiting" | "mine" | "all";
export type Decision = "approve" | "reject" | "return" | "withdraw";

type Scope = readonly [company: string];

/** Milliseconds between looks at what waits: somebody else may decide, or its time be over. */
const POLL = 30_000;

/** What waits, or waited, for an approval, newest first. */
export const approvalsQuery = (scope: Scope, box: Box) =>
  infiniteQueryOptions({
    queryKey: [...scope, "approvals", box],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      request("get", "/v1/orders/approvals", { params: { query: { box, cursor: pageParam } } }),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: POLL,
  });

/** The approval of an order group, with its orders. */
export const approvalQuery = (scope: Scope, group: string) =>
  queryOptions({
    queryKey: [...scope, "approval", group],
    queryFn: () => request("get", "/v1/orders/approvals/{group}", { params: { path: { group } } }),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? POLL : false),
  });

/** What somebody decides; whether it succeeds or not, somebody else may have been first. */
export function useDecide(group: string) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: ({ what, reason, key }: { what: Decision; reason?: string; key: string }) =>
      decide(group, what, reason ?? "", key),
    onSuccess: (approval) => client.setQueryData([...scope, "approval", group], approval),
    onSettled: () =>
      Promise.all(
        ["approvals", "approval", "orders", "order", "carts", "cart"].map((name) =>
          client.invalidateQueries({ queryKey: [...scope, name] }),
        ),
      ),
  });
}

function decide(group: string, what: Decision, reason: string, key: string): Promise<Approval> {
  const params = { path: { group }, header: { "Idempotency-Key": key } };
  if (what === "withdraw")
    return request("post", "/v1/orders/approvals/{group}/withdraw", { params });
  if (what === "approve")
    return request("post", "/v1/orders/approvals/{group}/approve", {
      params,
      body: { reason: null },
    });
  return request("post", `/v1/orders/approvals/{group}/${what}`, { params, body: { reason } });
}
