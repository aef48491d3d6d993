import { useLingui } from "@lingui/react";
import { createContext, useContext, useMemo } from "react";
import { formatLocale } from "@/i18n/locale";

/** Minor units with their ISO 4217 currency. */
export interface Money {
  amount: number;
  currency: string;
}

/** What `per` pieces cost. */
export interface UnitPrice extends Money {
  per?: number;
}

/** Currencies whose minor unit is not a hundredth (ISO 4217), as the services count them. */
const MINOR_DIGITS: Record<string, number> = {
  ...Object.fromEntries(["CLP", "ISK", "JPY", "KRW", "VND", "XAF", "XOF"].map((code) => [code, 0])),
  ...Object.fromEntries(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3])),
};

/** As the services write it everywhere; browsers differ, HUF has 2 digits to some and none to others. */
export const digitsOf = (currency: string) => MINOR_DIGITS[currency] ?? 2;

export type Format = ReturnType<typeof formats>;

/**
 * The time zone (IANA) of the business day of the market that sells to the company; as long as no
 * company is known, the reader's.
 */
export const ZoneContext = createContext<string | undefined>(undefined);

/** Everything that is written differently from language to language; moments are told in `zone`. */
export function formats(locale: string, zone?: string) {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone,
  });
  const businessDay = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: zone });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const collator = new Intl.Collator(locale, { numeric: true });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const currencies = new Map<string, Intl.NumberFormat>();

  function currency(code: string): Intl.NumberFormat {
    const known = currencies.get(code);
    if (known) return known;
    const digits = digitsOf(code);
    const made = new Intl.NumberFormat(locale, {
      style: "currency",
      currency: code,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    currencies.set(code, made);
    return made;
  }

  function money(value: Money): string {
    return currency(value.currency).format(value.amount / 10 ** digitsOf(value.currency));
  }

  return {
    number: (value: number) => number.format(value),
    /** Of a share: -0.075 is -7.5 %. */
    percent: (share: number) => percent.format(share),
    money,
    unitPrice: (price: UnitPrice) =>
      (price.per ?? 1) === 1 ? money(price) : `${money(price)} / ${number.format(price.per ?? 1)}`,
    /** Of a calendar date, YYYY-MM-DD. */
    date: (value: string) => date.format(new Date(value)),
    dates: (from: string, to: string) => date.formatRange(new Date(from), new Date(to)),
    /** Day and month, which stay on one line. */
    day: (value: string) => day.format(new Date(value)).replaceAll(" ", "\u00a0"),
    /** Day and time of a moment, where the market is: what was placed on a day says that day. */
    moment: (value: string) => moment.format(new Date(value)),
    /** The market's business day that a moment belongs to. */
    businessDay: (value: Date) => businessDay.format(value),
    /** Of a moment, in the reader's time zone. */
    time: (value: Date) => time.format(value),
    /** Where a name stands in a list: Ä with A in German, behind Z in Swedish; Store 9 before 10. */
    compare: collator.compare,
    list: (values: string[]) => list.format(values),
  };
}

/** The formats of the language that is shown. */
export function useFormat(): Format {
  const { i18n } = useLingui();
  const zone = useContext(ZoneContext);
  return useMemo(() => formats(formatLocale(i18n.locale), zone), [i18n.locale, zone]);
}
