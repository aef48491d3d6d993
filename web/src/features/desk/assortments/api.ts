import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/assortments";
import { DESK } from "@/features/desk/api/queries";
import type { PastSearch } from "@/features/desk/search";

type Schemas = components["schemas"];
export type AssortmentHead = Schemas["AssortmentHead"];
export type Assortment = Schemas["AssortmentView"];
export type Draft = Omit<Schemas["PreviewedDraft"], "id">;
export type Rule = Partial<Record<Dimension, string[]>>;
export type Item = Draft["included"][number];
export type Window = Draft["windows"][number];
export type Choices = Schemas["Choices"];
export type Preview = Schemas["Preview"];
export type Version = Schemas["VersionView"];
export type Company = Schemas["CompanyHead"];
export type PastStyle = Schemas["PastStyle"];
export type Dimension = keyof Choices;

export const DIMENSIONS: Dimension[] = [
  "brand",
  "division",
  "category",
  "gender",
  "season",
  "tier",
  "exclusive",
];

const ASSORTMENTS = [...DESK, "assortments"] as const;
const page = { initialPageParam: null as string | null, placeholderData: keepPreviousData };

/** Page by page, by their keys. */
export const assortmentsQuery = () =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...ASSORTMENTS, "list"],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/assortments", { params: { query: { cursor } } }),
    getNextPageParam: (last) => last.next,
  });

export const assortmentQuery = (id: string) =>
  queryOptions({
    queryKey: [...ASSORTMENTS, "one", id],
    queryFn: () =>
      request("get", "/v1/assortments/{assortment}", { params: { path: { assortment: id } } }),
  });

/** Page by page, the newest first. */
export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...ASSORTMENTS, "versions", id],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/assortments/{assortment}/versions", {
        params: { path: { assortment: id }, query: { cursor } },
      }),
    getNextPageParam: (last) => last.next,
  });

/** What rules can name. */
export const choicesQuery = () =>
  queryOptions({
    queryKey: [...ASSORTMENTS, "choices"],
    queryFn: () => request("get", "/v1/assortments/rules/choices", {}),
  });

/** Page by page, by number; all, or those that see an assortment. */
export const companiesQuery = (assortment: string | undefined) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...ASSORTMENTS, "companies", assortment ?? ""],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/assortments/assignments/companies", {
        params: { query: { cursor, assortment } },
      }),
    getNextPageParam: (last) => last.next,
  });

/** What a company could see of a style on a day; both times of a form are the reader's. */
export const pastQuery = ({ company = "", style = "", day = "", known }: PastSearch) =>
  queryOptions({
    queryKey: [...ASSORTMENTS, "past", company, style, day, known],
    queryFn: () =>
      request("get", "/v1/assortments/past/companies/{company}/styles/{style}", {
        params: {
          path: { company, style },
          query: { day, known_at: known && new Date(known).toISOString() },
        },
      }),
  });

/** What a draft would change; changes nothing. */
export const usePreview = (id: string) =>
  useMutation({
    mutationFn: (draft: Draft) =>
      request("post", "/v1/assortments/rules/preview", { body: { ...draft, id } }),
  });

/** Has the assortment have what the draft says, at once or later; makes it where there is none. */
export const useSave = (id: string, etag: string | undefined) =>
  useDeciding((decision: Draft & { reason: string; holds_from: string | null }) =>
    etag === undefined
      ? request("post", "/v1/assortments", { body: { ...decision, id } })
      : request("put", "/v1/assortments/{assortment}", {
          params: { path: { assortment: id }, header: { "If-Match": etag } },
          body: decision,
        }),
  );

/** Gives up what is planned. */
export const useDropPlan = (id: string) =>
  useDeciding(() =>
    request("delete", "/v1/assortments/{assortment}/plan", {
      params: { path: { assortment: id } },
    }),
  );

/** Has a company see another assortment; null for the one that SAP names. */
export const useAssign = (company: string) =>
  useDeciding((body: { assortment: string | null; reason: string }) =>
    request("put", "/v1/assortments/assignments/companies/{company}", {
      params: { path: { company } },
      body,
    }),
  );

function useDeciding<T, R>(decide: (given: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    onSettled: () => client.invalidateQueries({ queryKey: DESK }),
  });
}
