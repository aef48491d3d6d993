import { useMutation } from "@tanstack/react-query";
import { requestFile } from "@/api/client";

export type Kind = "pdf" | "xlsx" | "csv";

/** The order confirmation as a file, which needs the token and so is no mere link. */
export function useDownloadConfirmation(number: string) {
  return useMutation({
    mutationFn: (kind: Kind) =>
      requestFile(`/v1/orders/{number}/documents/confirmation.${kind}`, {
        params: { path: { number } },
      }),
    onSuccess: (file, kind) => save(file, `${number}.${kind}`),
  });
}

/** Hands a file to the browser's downloads. */
function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Browsers begin to read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
