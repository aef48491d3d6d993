/**
 * A text of an address as services take it: without control characters, of at most so many. The
 * router reads a number in an address, of an order say, as a number.
 */
export function addressText(value: unknown, most: number): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  return String(value)
    .replace(/\p{Cc}/gu, "")
    .slice(0, most);
}
