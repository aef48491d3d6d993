import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/accounts";
import { meQuery } from "@/features/session/api/get-me";

export type MyInvitation = components["schemas"]["MyInvitation"];

/** Joins the company that the person is invited to, or does not. */
export function useAnswerInvitation({ id }: MyInvitation) {
  const client = useQueryClient();
  const params = { path: { invitation: id } };
  return useMutation({
    mutationFn: (joins: boolean) =>
      joins
        ? request("post", "/v1/accounts/me/invitations/{invitation}/accept", { params })
        : request("post", "/v1/accounts/me/invitations/{invitation}/decline", { params }),
    onSettled: () => client.invalidateQueries({ queryKey: meQuery().queryKey }),
  });
}
