import { infiniteQueryOptions, keepPreviousData, useMutation } from "@tanstack/react-query";
import { request, requestFile } from "@/api/client";
import type { components } from "@/api/schema/accounts";
import type { HistorySearch } from "@/features/people/search";
import type { FileKind } from "@/ui/downloads";
import { saveFile } from "@/ui/save-file";

export type Decision = components["schemas"]["CompanyAuditEntry"];
export type CompanyAction = Decision["action"];

/** What was decided about people and rules, the newest first, a page at a time. */
export const historyQuery = (scope: readonly [company: string], search: HistorySearch) =>
  infiniteQueryOptions({
    queryKey: [...scope, "people", "history", search],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/accounts/company/audit", { params: { query: { ...search, cursor } } }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** The same as a file, which needs the token and so is no mere link. */
export const useDownloadHistory = (search: HistorySearch) =>
  useMutation({
    mutationFn: (kind: FileKind) =>
      requestFile(`/v1/accounts/company/audit.${kind}`, { params: { query: search } }),
    onSuccess: (file, kind) => saveFile(file, `audit.${kind}`),
  });
