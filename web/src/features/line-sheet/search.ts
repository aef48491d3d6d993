import { type Language, languageOf } from "@/i18n/locale";
import { addressText } from "@/shared/address";
import { MOST_PICKS, writtenPicks } from "@/shared/picks";

export const ORDERS = ["number", "name", "category"] as const;
export const PAPERS = ["a4", "letter"] as const;

/** Everything that a line sheet shows, as its address has it, so that it can be sent. */
export interface LineSheetSearch {
  /** Style numbers as `writtenPicks` has them. */
  styles?: string;
  /** A delivery window that all is offered in. */
  window?: string;
  /** Without what the shop pays, to be shown to its customers and staff. */
  prices?: "rrp";
  gtins?: true;
  order?: (typeof ORDERS)[number];
  paper?: (typeof PAPERS)[number];
  language?: Language;
}

/** What an address says, without what makes no sense. */
export function lineSheetSearch(raw: Record<string, unknown>): LineSheetSearch {
  const found: LineSheetSearch = {};
  // A single style number parses as a number.
  const { styles: given } = raw;
  const isGiven = typeof given === "string" || typeof given === "number";
  const styles = numbersOf(isGiven ? String(given) : "");
  if (styles.length) found.styles = writtenPicks(styles);
  const window = addressText(raw.window, 40);
  if (window) found.window = window;
  if (raw.prices === "rrp") found.prices = "rrp";
  if (raw.gtins === true) found.gtins = true;
  const order = ORDERS.find((each) => each === raw.order);
  if (order) found.order = order;
  const paper = PAPERS.find((each) => each === raw.paper);
  if (paper) found.paper = paper;
  const language = typeof raw.language === "string" ? languageOf(raw.language) : null;
  if (language) found.language = language;
  return found;
}

/** The style numbers of an address, as `writtenPicks` has them, each once. */
export function numbersOf(written: string | undefined): string[] {
  const numbers = (written?.match(/(?:[^-]|--)+/g) ?? []).map((each) => each.replaceAll("--", "-"));
  return [...new Set(numbers.filter((each) => /^[\w.-]{1,40}$/.test(each)))].slice(0, MOST_PICKS);
}
