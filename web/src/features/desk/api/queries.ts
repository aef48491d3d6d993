import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/operations";
import type {
  AuditSearch,
  DeadLettersSearch,
  DifferencesSearch,
  OrdersSearch,
  QuarantineSearch,
  SharedGtinsSearch,
  WaitingSearch,
} from "@/features/desk/search";

type Schemas = components["schemas"];
export type QuarantineHead = Schemas["QuarantineHead"];
export type QuarantineView = Schemas["QuarantineView"];
export type WaitingHead = Schemas["WaitingHead"];
export type WaitingView = Schemas["WaitingView"];
export type DeadLetterHead = Schemas["DeadLetterHead"];
export type DeadLetterView = Schemas["DeadLetterView"];
export type Shown = Schemas["Shown"];
export type HandoverHead = Schemas["HandoverHead"];
export type HandoverView = Schemas["HandoverView"];
export type OrderView = Schemas["OrderView"];
export type Family = Schemas["FamilyView"];
export type Circuit = Schemas["CircuitView"];
export type AuditEntry = Schemas["AuditEntry"];
export type Run = Schemas["RunView"];
export type Difference = Schemas["DifferenceView"];
export type SharedGtin = Schemas["SharedGtinView"];
export type Snapshot = Schemas["SnapshotHead"];
export type SnapshotView = Schemas["SnapshotView"];
export type ExpectedSnapshot = Schemas["ExpectedSnapshot"];

/** What every query of the desk begins with, so that an action has all of it asked for anew. */
export const DESK = ["desk"] as const;

const page = { initialPageParam: null as string | null, placeholderData: keepPreviousData };

/** Of a day (UTC); of today where none is named. */
export const messagesQuery = (day = "") =>
  queryOptions({
    queryKey: [...DESK, "messages", day],
    queryFn: () =>
      request("get", "/v1/operations/messages", { params: { query: day ? { day } : {} } }),
    placeholderData: keepPreviousData,
  });

export const circuitQuery = () =>
  queryOptions({
    queryKey: [...DESK, "circuit"],
    queryFn: () => request("get", "/v1/operations/circuit", {}),
  });

/** Page by page, the newest first. */
export const quarantineQuery = (search: QuarantineSearch) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "quarantine", search],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/quarantine", { params: { query: { ...search, cursor } } }),
    getNextPageParam: (last) => last.next,
  });

export const entryQuery = (entry: string) =>
  queryOptions({
    queryKey: [...DESK, "entry", entry],
    queryFn: () =>
      request("get", "/v1/operations/quarantine/{entry}", { params: { path: { entry } } }),
  });

/** Page by page, the newest first. */
export const waitingQuery = (search: WaitingSearch) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "waiting", search],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/waiting", { params: { query: { ...search, cursor } } }),
    getNextPageParam: (last) => last.next,
  });

export const waitingEntryQuery = (entry: string) =>
  queryOptions({
    queryKey: [...DESK, "waiting entry", entry],
    queryFn: () =>
      request("get", "/v1/operations/waiting/{entry}", { params: { path: { entry } } }),
  });

/** All of them, the oldest first. */
export const deadLettersQuery = (search: DeadLettersSearch) =>
  queryOptions({
    queryKey: [...DESK, "dead letters", search],
    queryFn: () => request("get", "/v1/operations/dead-letters", { params: { query: search } }),
  });

export const deadLetterQuery = (entry: string) =>
  queryOptions({
    queryKey: [...DESK, "dead letter", entry],
    queryFn: () =>
      request("get", "/v1/operations/dead-letters/{entry}", { params: { path: { entry } } }),
  });

/** Page by page, the newest first. */
export const handoversQuery = (search: OrdersSearch) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "orders", search],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/orders", { params: { query: { ...search, cursor } } }),
    getNextPageParam: (last) => last.next,
  });

export const orderQuery = (number: string) =>
  queryOptions({
    queryKey: [...DESK, "order", number],
    queryFn: () =>
      request("get", "/v1/operations/orders/{number}", { params: { path: { number } } }),
  });

const RUN_SECONDS = 10;

/** Page by page, the newest first; asked for again while one goes on. */
export const runsQuery = () =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "runs"],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/reconciliations", { params: { query: { cursor } } }),
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some((run) => !run.ended_at) && RUN_SECONDS * 1000,
  });

/** Page by page, the newest first; asked for again while one goes on. */
export const snapshotsQuery = () =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "snapshots"],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/snapshots", { params: { query: { cursor } } }),
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some((one) => !one.ended_at) && RUN_SECONDS * 1000,
  });

export const snapshotQuery = (entry: string) =>
  queryOptions({
    queryKey: [...DESK, "snapshot", entry],
    queryFn: () =>
      request("get", "/v1/operations/snapshots/{entry}", { params: { path: { entry } } }),
    refetchInterval: ({ state }) => !state.data?.ended_at && RUN_SECONDS * 1000,
  });

/** Page by page, the newest first. */
export const differencesQuery = (search: DifferencesSearch) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "differences", search],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/differences", { params: { query: { ...search, cursor } } }),
    getNextPageParam: (last) => last.next,
  });

export const differenceQuery = (number: string) =>
  queryOptions({
    queryKey: [...DESK, "difference", number],
    queryFn: () =>
      request("get", "/v1/operations/differences/{number}", { params: { path: { number } } }),
  });

/** Page by page, the newest first. */
export const sharedGtinsQuery = (search: SharedGtinsSearch) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "shared GTINs", search],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/shared-gtins", { params: { query: { ...search, cursor } } }),
    getNextPageParam: (last) => last.next,
  });

/** Page by page, the newest first. */
export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    ...page,
    queryKey: [...DESK, "audit", search],
    queryFn: ({ pageParam: cursor }) =>
      request("get", "/v1/operations/audit", { params: { query: { ...search, cursor } } }),
    getNextPageParam: (last) => last.next,
  });
