import { createContext, useContext } from "react";
import type { components } from "@/api/schema/accounts";

export type Me = components["schemas"]["Me"];
export type Company = components["schemas"]["CompanyView"];
export type Door = components["schemas"]["Door"];

/** Who works, for which company, in which language; the same on every page. */
export interface Scope {
  me: Me;
  company: Company;
  /** All doors of most companies. */
  doors: Door[];
  /** Whether there are others, to be searched; those that were found are among `doors`. */
  moreDoors: boolean;
  /** Whether the person may change carts and place orders. */
  mayOrder: boolean;
  language: string;
}

export const ScopeContext = createContext<Scope | null>(null);

/** The scope; only for components below the signed-in application. */
export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error("no scope");
  return scope;
}

/** Whether the person acts for the company as a sales rep of the brand. */
export function useIsRep(): boolean {
  const { me, company } = useScope();
  return me.companies.some(({ id, role }) => id === company.id && role === "rep");
}

/** Whether the person may approve what others of the company order. */
export function useMayApprove(): boolean {
  const { me, company } = useScope();
  const mine = me.companies.find(({ id }) => id === company.id);
  return mine?.role === "approver" || mine?.role === "admin";
}

/** The start of every query key. A changed language asks for everything anew instead. */
export function useScopeKey(): readonly [company: string] {
  return [useScope().company.id];
}

/** Who of the brand is at the desk, for no company; null everywhere else. */
export const BrandContext = createContext<Me | null>(null);

export const useBrandPerson = () => useContext(BrandContext);
