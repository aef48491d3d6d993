import { useMutation } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/carts";

export type SheetFile = components["schemas"]["SheetFile"];

const getTemplate = (kind: "xlsx" | "csv") =>
  request("get", "/v1/carts/upload/template", { params: { query: { kind } } });

/** An empty file with the columns, in the person's language. */
export function useTemplate() {
  return useMutation({ mutationFn: getTemplate, onSuccess: keepFile });
}

/** Hands a file to the browser's downloads. */
export function keepFile({ name, media_type: type, content }: SheetFile): void {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  // Browsers begin to read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
