import { useMutation } from "@tanstack/react-query";
import { requestFile } from "@/api/client";
import { saveFile } from "@/ui/save-file";

export type Kind = "pdf" | "xlsx" | "csv";

/** The order confirmation as a file, which needs the token and so is no mere link. */
export function useDownloadConfirmation(number: string) {
  return useMutation({
    mutationFn: (kind: Kind) =>
      requestFile(`/v1/orders/{number}/documents/confirmation.${kind}`, {
        params: { path: { number } },
      }),
    onSuccess: (file, kind) => saveFile(file, `${number}.${kind}`),
  });
}
