import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import {
  type CustomerCarts,
  customerCartsQuery,
  type CustomerOrders,
  customerOrdersQuery,
} from "@/features/session/api/customers";
import type { Place } from "@/features/session/use-company-switch";
import { useEveryPage } from "@/features/session/use-every-page";
import { useFormat } from "@/i18n/format";
import { useWindowName } from "@/shared/window-name";

/** A figure that a rep reads of a customer, and the page that shows what it counts. */
export interface Fact extends Place {
  text: string;
  /** Whether somebody has to do something about it. */
  isUrgent: boolean;
}

interface CustomerFacts {
  /** By company; of those that are not looked at yet there is none. */
  facts: Map<string, Fact[]>;
  isComplete: boolean;
  error: Error | null;
  onRetry: () => void;
}

/** What there is to know of each of the rep's customers, as the services count it. */
export function useCustomerFacts(): CustomerFacts {
  const [cartFacts, orderFacts] = [useCartFacts(), useOrderFacts()];
  const carts = useInfiniteQuery(customerCartsQuery());
  const orders = useInfiniteQuery(customerOrdersQuery());
  const [haveCarts, haveOrders] = [useEveryPage(carts), useEveryPage(orders)];
  const facts = new Map<string, Fact[]>();
  const add = (company: string, more: Fact[]) =>
    facts.set(company, [...(facts.get(company) ?? []), ...more]);
  for (const page of orders.data?.pages ?? [])
    for (const one of page.items) add(one.company, orderFacts(one));
  for (const page of carts.data?.pages ?? [])
    for (const one of page.items) add(one.company, cartFacts(one));
  const failed = [carts, orders].filter(({ isError }) => isError);
  return {
    facts,
    isComplete: haveCarts && haveOrders,
    error: carts.error ?? orders.error,
    onRetry: () => failed.forEach((list) => void list.refetch()),
  };
}

/** What is to be looked after in a customer's orders, the most pressing first. */
function useOrderFacts(): (orders: CustomerOrders) => Fact[] {
  const { t } = useLingui();
  const format = useFormat();
  const windowName = useWindowName();
  return ({ trouble, season_gap: gap, closing }) => {
    const [held, waiting, rejected, parked] = [
      format.number(trouble.on_hold),
      format.number(trouble.pending_approval),
      format.number(trouble.rejected),
      format.number(trouble.parked),
    ];
    const facts: (Place & { text: string })[] = [];
    if (trouble.on_hold) facts.push({ text: t`Orders on hold: ${held}`, to: "/orders" });
    if (trouble.pending_approval)
      facts.push({
        text: t`Orders waiting for approval: ${waiting}`,
        to: "/orders",
        search: { status: "pending_approval" },
      });
    if (trouble.rejected)
      facts.push({
        text: t`Orders rejected in the last 30 days: ${rejected}`,
        to: "/orders",
        search: { status: "rejected" },
      });
    if (trouble.parked) facts.push({ text: t`Orders that wait for us: ${parked}`, to: "/orders" });
    for (const one of closing) {
      const [window, day] = [windowName(one), format.date(one.cut_off)];
      facts.push({ text: t`No order for ${window}, open until ${day}`, to: "/catalog" });
    }
    if (gap) {
      const { before, current } = gap;
      facts.push({ text: t`Ordered ${before}, nothing for ${current} yet`, to: "/catalog" });
    }
    return facts.map((fact) => ({ ...fact, isUrgent: true }));
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
