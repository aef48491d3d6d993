import { digitsOf } from "@/i18n/format";

/** An amount of minor units as somebody would type it. */
export function typedAmount(minor: number | null, currency: string): string {
  if (minor === null) return "";
  const digits = digitsOf(currency);
  const whole = minor / 10 ** digits;
  return Number.isInteger(whole) ? String(whole) : whole.toFixed(digits);
}

/** What somebody typed in minor units; null where it can be read in two ways, or in none. */
export function minorUnits(typed: string, currency: string): number | null {
  const text = typed.trim().replaceAll(/[\s\u00a0\u202f'’]/g, "");
  const digits = digitsOf(currency);
  const found = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(text);
  if (!found) return null;
  const fraction = found[2] ?? "";
  if (fraction.length > digits) return null;
  return Number(found[1]) * 10 ** digits + Number(fraction.padEnd(digits, "0") || "0");
}
