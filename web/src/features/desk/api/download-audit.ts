import { useMutation } from "@tanstack/react-query";
import { requestFile } from "@/api/client";
import type { AuditSearch } from "@/features/desk/search";
import type { FileKind } from "@/ui/downloads";
import { saveFile } from "@/ui/save-file";

/** What was done as a file, which needs the token and so is no mere link. */
export const useDownloadAudit = (search: AuditSearch) =>
  useMutation({
    mutationFn: (kind: FileKind) =>
      requestFile(`/v1/operations/audit.${kind}`, { params: { query: search } }),
    onSuccess: (file, kind) => saveFile(file, `audit.${kind}`),
  });
