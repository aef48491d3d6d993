import { queryOptions, skipToken } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/simulations";

export type Simulation = components["schemas"]["SimulationView"];
export type SimulatedOrder = components["schemas"]["SimulatedOrder"];
type SimulationRequest = components["schemas"]["SimulationRequest"];

/** Whether SAP is asked at all; what it says is not kept for long. */
export const asksQuery = (scope: readonly [string]) =>
  queryOptions({
    queryKey: [...scope, "simulations"],
    queryFn: () => request("get", "/v1/simulations", {}),
    staleTime: Infinity,
  });

/** What SAP says of a cart as it is at `revision`; null is not asked for. */
export const simulationQuery = (
  scope: readonly [string],
  revision: number,
  asked: SimulationRequest | null,
) =>
  queryOptions({
    queryKey: [...scope, "simulations", revision, asked],
    queryFn: asked ? () => request("post", "/v1/simulations", { body: asked }) : skipToken,
    staleTime: 60_000,
    // A look at another window is no reason to ask SAP again; nor is that nobody could be asked.
    refetchOnWindowFocus: false,
    retry: false,
  });
