import { useMutation } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/catalog";

type Answer = Omit<components["schemas"]["LookupAnswer"], "lines"> & {
  lines: (FoundLine | NotFoundLine)[];
};
export type FoundLine = components["schemas"]["FoundLine"];
export type NotFoundLine = components["schemas"]["NotFoundLine"];

const lookUp = (entries: string[]) =>
  request<Answer>("/v1/catalog/lookup", { method: "POST", body: { entries } });

/** What SKUs or GTINs are; one line for each entry, in their order. */
export const useLookUp = () => useMutation({ mutationFn: lookUp });
