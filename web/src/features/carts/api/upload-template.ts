import { useMutation } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/carts";
import { saveFile } from "@/ui/save-file";

export type SheetFile = components["schemas"]["SheetFile"];

const getTemplate = (kind: "xlsx" | "csv") =>
  request("get", "/v1/carts/upload/template", { params: { query: { kind } } });

/** An empty file with the columns, in the person's language. */
export function useTemplate() {
  return useMutation({ mutationFn: getTemplate, onSuccess: saveSheet });
}

/** Saves a file that came in the services' JSON, encoded in Base64. */
export function saveSheet({ name, media_type: type, content }: SheetFile): void {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  saveFile(new Blob([bytes], { type }), name);
}
