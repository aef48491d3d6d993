import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type CustomerCarts, customerCartsQuery } from "@/features/session/api/customers";
import type { Place } from "@/features/session/use-company-switch";
import { useEveryPage } from "@/features/session/use-every-page";
import { useFormat } from "@/i18n/format";

/** A figure that a rep reads of a customer, and the page that shows what it counts. */
export interface Fact extends Place {
  text: string;
  /** Whether somebody has to do something about it. */
  isUrgent: boolean;
}

interface CustomerFacts {
  /** By company; of those that are not counted yet there is none. */
  facts: Map<string, Fact[]>;
  isComplete: boolean;
  error: Error | null;
  onRetry: () => void;
}

/** What there is to know of each of the rep's customers, as the services count it. */
export function useCustomerFacts(): CustomerFacts {
  const cartFacts = useCartFacts();
  const carts = useInfiniteQuery(customerCartsQuery());
  const isComplete = useEveryPage(carts);
  const counted = carts.data?.pages.flatMap(({ items }) => items) ?? [];
  return {
    facts: new Map(counted.map((one) => [one.company, cartFacts(one)])),
    isComplete,
    error: carts.error,
    onRetry: () => void carts.refetch(),
  };
}

function useCartFacts(): (carts: CustomerCarts) => Fact[] {
  const { t } = useLingui();
  const { number } = useFormat();
  return (carts) => {
    const [open, prepared, given] = [
      number(carts.open),
      number(carts.in_preparation),
      number(carts.handed_over),
    ];
    return [
      ...(carts.open ? [{ text: t`Open carts: ${open}`, isUrgent: false }] : []),
      ...(carts.in_preparation ? [{ text: t`In preparation: ${prepared}`, isUrgent: true }] : []),
      ...(carts.handed_over
        ? [{ text: t`Handed over, not ordered yet: ${given}`, isUrgent: true }]
        : []),
    ].map((fact) => ({ ...fact, to: "/carts" as const }));
  };
}
