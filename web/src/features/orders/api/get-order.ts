import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/orders";

export type Order = components["schemas"]["OrderView"];

/** Milliseconds between looks at an order that is on its way to SAP. */
const POLL = 2_000;

const getOrder = (number: string) =>
  request("get", "/v1/orders/{number}", { params: { path: { number } } });

/** Whether more is to come without anybody's doing. */
const isUnderway = (order: Order) =>
  order.status === "sent" ||
  Boolean(order.change?.underway) ||
  (order.status !== "pending_approval" &&
    !order.sap_number &&
    ["waiting", "sending"].includes(order.handover.state));

/** An order, read again until SAP has answered. */
export const orderQuery = (scope: readonly [string], number: string) =>
  queryOptions({
    queryKey: [...scope, "order", number],
    queryFn: () => getOrder(number),
    refetchInterval: ({ state }) => (state.data && isUnderway(state.data) ? POLL : false),
  });
