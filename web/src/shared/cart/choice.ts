import { useSyncExternalStore } from "react";

/** Which cart a person works on, by company; kept on this device. */
const listeners = new Set<() => void>();
const nameOf = (company: string) => `sellin.cart.${company}`;

export function chooseCart(company: string, cart: string): void {
  localStorage.setItem(nameOf(company), cart);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Null before a choice; the cart may be gone by now. */
export function useChosenCart(company: string): string | null {
  return useSyncExternalStore(subscribe, () => localStorage.getItem(nameOf(company)));
}
