import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/accounts";
import { useScopeKey } from "@/shared/scope";

type Schemas = components["schemas"];
export type Person = Schemas["PersonView"];
export type Invitation = Schemas["InvitationView"];
export type CompanyRole = Person["role"];

type Scope = readonly [company: string];

/** The company's people by name, a page at a time. */
export const peopleQuery = (scope: Scope) =>
  infiniteQueryOptions({
    queryKey: [...scope, "people"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      request("get", "/v1/accounts/company/people", { params: { query: { cursor: pageParam } } }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Who is invited and has not answered. */
export const invitationsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...scope, "invitations"],
    queryFn: async () => (await request("get", "/v1/accounts/company/invitations", {})).items,
  });

/** Another role, or none for a time. */
export function useChangePerson({ uid, etag }: Person) {
  return useDeciding((body: Partial<Schemas["PersonChange"]>) =>
    request("patch", "/v1/accounts/company/people/{uid}", {
      params: { path: { uid }, header: { "If-Match": etag } },
      body: body as Schemas["PersonChange"],
    }),
  );
}

/** Lets somebody belong to the company no longer. */
export const useRemovePerson = ({ uid }: Person) =>
  useDeciding(() =>
    request("delete", "/v1/accounts/company/people/{uid}", { params: { path: { uid } } }),
  );

/** Invites somebody; `key` tells a repetition from another invitation. */
export const useInvite = (key: string) =>
  useDeciding((body: Schemas["Invite"]) =>
    request("post", "/v1/accounts/company/invitations", {
      params: { header: { "Idempotency-Key": key } },
      body,
    }),
  );

/** Takes an invitation back. */
export const useWithdraw = ({ id }: Invitation) =>
  useDeciding(() =>
    request("delete", "/v1/accounts/company/invitations/{invitation}", {
      params: { path: { invitation: id } },
    }),
  );

/** What an admin does; whether it succeeds or not, somebody else may have done something, too. */
function useDeciding<V, T>(decide: (given: V) => Promise<T>) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: decide,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [...scope, "people"] }),
        client.invalidateQueries({ queryKey: [...scope, "invitations"] }),
        client.invalidateQueries({ queryKey: ["me"] }),
      ]),
  });
}
