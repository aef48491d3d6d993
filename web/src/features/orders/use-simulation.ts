import { useQuery } from "@tanstack/react-query";
import { asksQuery, type Simulation, simulationQuery } from "@/features/orders/api/simulate-order";
import type { DateChoices } from "@/features/orders/place-request";
import { type Cart, deliveryKey } from "@/shared/cart/types";
import { useScope, useScopeKey } from "@/shared/scope";

export interface Asked {
  /** What SAP says, or why it says nothing; undefined until then, and where it is not asked. */
  answer: Simulation | undefined;
  isAsking: boolean;
}

/** Asks SAP about the cart once it could be ordered; nobody has to wait for it. */
export function useSimulation(cart: Cart, dates: DateChoices, isReady: boolean): Asked {
  const { mayOrder } = useScope();
  const scope = useScopeKey();
  const { data } = useQuery({ ...asksQuery(scope), enabled: mayOrder });
  const asked = {
    cart: cart.id,
    deliveries: cart.deliveries.map((delivery) => ({
      door: delivery.door,
      window: delivery.window,
      requested_on: dates[deliveryKey(delivery)]?.requested || null,
      cancel_by: null,
    })),
  };
  const found = useQuery(
    simulationQuery(scope, cart.revision, data?.asks && isReady && mayOrder ? asked : null),
  );
  return { answer: found.data, isAsking: found.isFetching };
}
