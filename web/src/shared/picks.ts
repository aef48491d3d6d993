import { useSyncExternalStore } from "react";

/** The most styles that a line sheet takes. */
export const MOST_PICKS = 200;

const nameOf = (company: string) => `sellin.picks.${company}`;
const listeners = new Set<() => void>();
const read = new Map<string, { text: string | null; picks: readonly string[] }>();

/** Style numbers picked for a line sheet, in the order picked; kept on this device. */
export function picksOf(company: string): readonly string[] {
  const text = localStorage.getItem(nameOf(company));
  const known = read.get(company);
  if (known && known.text === text) return known.picks;
  const picks = parse(text);
  read.set(company, { text, picks });
  return picks;
}

function parse(text: string | null): string[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

function keep(company: string, picks: string[]): void {
  const name = nameOf(company);
  if (picks.length) localStorage.setItem(name, JSON.stringify(picks.slice(0, MOST_PICKS)));
  else localStorage.removeItem(name);
  for (const listener of listeners) listener();
}

/** Adds styles behind those that are there, each once. */
export function pick(company: string, styles: readonly string[]): void {
  keep(company, [...new Set([...picksOf(company), ...styles])]);
}

export function unpick(company: string, styles: readonly string[]): void {
  keep(
    company,
    picksOf(company).filter((each) => !styles.includes(each)),
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab picks, too.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The company's picks, as they change. */
export function usePicks(company: string): readonly string[] {
  return useSyncExternalStore(subscribe, () => picksOf(company));
}

/** Style numbers as an address has them: a hyphen between two, and two for one within a number. */
export const writtenPicks = (styles: readonly string[]) =>
  styles.map((style) => style.replaceAll("-", "--")).join("-");
