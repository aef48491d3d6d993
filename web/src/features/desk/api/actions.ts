import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { DESK } from "@/features/desk/api/queries";

export type EntryAction = "replay" | "release" | "discard";
export type SimpleAction = Exclude<EntryAction, "release">;
export type Choice = "take" | "resend" | "settle";
export type OrderAction = "retry" | "resend" | "accept" | "reject" | "park" | "cancel";

/** An action of the desk, after which all that it shows is asked for anew, be it done or refused. */
function useAction<T, R>(act: (given: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: DESK }),
  });
}

/** Publishes a message again, or says that it is not needed. */
export const useEntryAction = (entry: string) =>
  useAction(({ action, reason }: { action: EntryAction; reason: string }) => {
    const params = { path: { entry } };
    if (action === "replay") {
      return request("post", "/v1/operations/quarantine/{entry}/replay", { params });
    }
    const body = { reason };
    return action === "release"
      ? request("post", "/v1/operations/quarantine/{entry}/release", { params, body })
      : request("post", "/v1/operations/quarantine/{entry}/discard", { params, body });
  });

/** Publishes a message that waits again, or says that it is not needed. */
export const useWaitingAction = (entry: string) =>
  useAction(({ action, reason }: { action: SimpleAction; reason: string }) => {
    const params = { path: { entry } };
    return action === "replay"
      ? request("post", "/v1/operations/waiting/{entry}/replay", { params })
      : request("post", "/v1/operations/waiting/{entry}/discard", { params, body: { reason } });
  });

/** Publishes a message that could not be delivered again, or takes it away for good. */
export const useDeadLetterAction = (entry: string) =>
  useAction(({ action, reason }: { action: SimpleAction; reason: string }) => {
    const params = { path: { entry } };
    return action === "replay"
      ? request("post", "/v1/operations/dead-letters/{entry}/replay", { params })
      : request("post", "/v1/operations/dead-letters/{entry}/discard", {
          params,
          body: { reason },
        });
  });

/** Publishes again all messages whose reasons say this, some at a time. */
export const useReplayMany = () =>
  useAction((which: { topic: string | null; says: string }) =>
    request("post", "/v1/operations/replays", { body: which }),
  );

/** Has an order handed over now, or decides what waits for a person. */
export const useOrderAction = (number: string) =>
  useAction(({ action, reason }: { action: OrderAction; reason: string }) => {
    const params = { path: { number } };
    const body = { reason };
    switch (action) {
      case "retry":
        return request("post", "/v1/operations/orders/{number}/retry", { params });
      case "resend":
        return request("post", "/v1/operations/orders/{number}/resend", { params, body });
      case "accept":
        return request("post", "/v1/operations/orders/{number}/accept", { params, body });
      case "reject":
        return request("post", "/v1/operations/orders/{number}/reject", { params, body });
      case "park":
        return request("post", "/v1/operations/orders/{number}/park", { params, body });
      case "cancel":
        return request("post", "/v1/operations/orders/{number}/cancel", { params, body });
    }
  });

/** Decides about a difference between an order and SAP's. */
export const useDifferenceAction = (number: string) =>
  useAction(({ action, reason }: { action: Choice; reason: string }) => {
    const given = { params: { path: { number } }, body: { reason } };
    switch (action) {
      case "take":
        return request("post", "/v1/operations/differences/{number}/take", given);
      case "resend":
        return request("post", "/v1/operations/differences/{number}/resend", given);
      case "settle":
        return request("post", "/v1/operations/differences/{number}/settle", given);
    }
  });

/** Has orders compared with SAP's. */
export const useStartRun = () =>
  useAction((body: { days: number; company: string }) =>
    request("post", "/v1/operations/reconciliations", { body }),
  );

/** Has SAP called again at once. */
export const useCallAgain = () =>
  useAction(() => request("post", "/v1/operations/circuit/release", {}));
