import { firstLetters } from "@/shared/letters";

/**
 * A text of an address as services take it: without control characters, of at most so many. The
 * router reads a number in an address, of an order say, as a number.
 */
export function addressText(value: unknown, most: number): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  return firstLetters(String(value).replace(/\p{Cc}/gu, ""), most);
}

/**
 * Reads an address by `read` and leaves nothing else of it: what a route does not give back stays
 * in the router's search, and would be sent to a service that refuses it.
 */
export const onlyRead =
  <T extends object>(read: (raw: Record<string, unknown>) => T) =>
  (raw: Record<string, unknown>): T => ({
    ...Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])),
    ...read(raw),
  });

/**
 * A parameter of an address as the router reads it, but that a text which only looks like a number
 * (662E41, or one of more digits than numbers have) stays that text.
 */
export function readParameter(text: string): unknown {
  const read: unknown = JSON.parse(text);
  return typeof read === "number" && String(read) !== text ? text : read;
}
