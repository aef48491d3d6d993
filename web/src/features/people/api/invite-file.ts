import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { isRetried, retryDelay, waitOf } from "@/api/problem";
import type { components } from "@/api/schema/accounts";
import { useScopeKey } from "@/shared/scope";
import { withMediaType } from "@/shared/upload-kind";

export type InviteFileResult = components["schemas"]["InviteFileView"];
export type InvitedRow = components["schemas"]["InvitedRow"];

/** People that a file may have. */
export const MOST_PEOPLE = 100;

/** Files are read one at a time: whether this one is to be sent anew after the other one. */
const isNext = (failures: number, error: Error) => waitOf(error) > 0 && isRetried(failures, error);

/** Invites the people of a file, or only tells what would become of each row. */
export function useInviteFile(preview: boolean) {
  const client = useQueryClient();
  const scope = useScopeKey();
  return useMutation({
    mutationFn: async ({ file, key }: { file: Blob; key: string }) => {
      const body = await withMediaType(file);
      return request("post", "/v1/accounts/company/invitation-files", {
        params: { query: { preview }, header: { "Idempotency-Key": key } },
        headers: { "Content-Type": body.type },
        body,
        bodySerializer: (bytes: unknown) => bytes as Blob,
      });
    },
    retry: isNext,
    retryDelay,
    onSuccess: () =>
      preview ? undefined : client.invalidateQueries({ queryKey: [...scope, "invitations"] }),
  });
}
