import type { Order } from "@/features/orders/api/get-order";

const BEFORE_SAP = ["pending_approval", "on_hold", "accepted"];

/** Whether SAP does not have the order yet, as far as can be told here. */
export const isCancellable = (order: Order) =>
  BEFORE_SAP.includes(order.status) && order.handover.state === "waiting";
