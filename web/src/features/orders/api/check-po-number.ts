import { queryOptions, skipToken } from "@tanstack/react-query";
import { request } from "@/api/client";
import { Problem } from "@/api/problem";

/** What becomes of a PO number on papers, and the orders that have it already. */
export const poNumberQuery = (scope: readonly [string], po: string) =>
  queryOptions({
    queryKey: [...scope, "orders", "po-number", po],
    queryFn: po
      ? () => request("get", "/v1/orders/po-number", { params: { query: { po_number: po } } })
      : skipToken,
  });

/** What the service says is wrong with the PO number that it was sent. */
export const poFault = (error: unknown): string | undefined =>
  error instanceof Problem
    ? error.faults.find((fault) => fault.pointer === "/po_number")?.detail
    : undefined;
