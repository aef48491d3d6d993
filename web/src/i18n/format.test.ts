import { expect, test } from "vitest";
import { formats } from "@/i18n/format";
import { languageOf } from "@/i18n/locale";
import services from "@/i18n/money.json";

const plain = (text: string) => text.replace(/\s/g, " ");

test.each([
  ["de", "EUR", "1.234,50 €"],
  ["sv", "SEK", "1 234,50 kr"],
  ["en-US", "USD", "$1,234.50"],
])("money is written as %s readers write %s", (locale, currency, written) => {
  expect(plain(formats(locale).money({ amount: 123450, currency }))).toBe(written);
});

test("a currency without minor units has none", () => {
  expect(formats("en").money({ amount: 1234, currency: "JPY" })).toBe("¥1,234");
});

test("forints have the digits that the services write, whatever the browser thinks of them", () => {
  const written = (amount: number) => plain(formats("hu").money({ amount, currency: "HUF" }));
  expect(written(1824000)).toBe("18 240,00 Ft");
  expect(written(1824050)).toBe("18 240,50 Ft");
});

test.each(Object.entries(services))(
  "in %s amounts are written as the services write them",
  (locale, row) => {
    const found = Object.keys(row).map((currency) => [
      currency,
      plain(formats(locale).money({ amount: 1234567, currency })),
    ]);
    expect(Object.fromEntries(found)).toEqual(row);
  },
);

test("a calendar date is the same everywhere", () => {
  expect(formats("de").date("2027-01-15")).toBe("15.01.2027");
});

test.each([
  ["Europe/Berlin", "27.11.2026", "27.11.2026, 00:30"],
  ["Europe/Lisbon", "26.11.2026", "26.11.2026, 23:30"],
  ["America/Mexico_City", "26.11.2026", "26.11.2026, 17:30"],
])("in %s a moment is of the market's day, wherever it is read", (zone, day, written) => {
  const { businessDay, moment } = formats("de", zone);
  expect(businessDay(new Date("2026-11-26T23:30:00Z"))).toBe(day);
  expect(plain(moment("2026-11-26T23:30:00Z"))).toBe(written);
});

test("a price of several pieces says so", () => {
  expect(formats("en-GB").unitPrice({ amount: 500, currency: "GBP", per: 10 })).toBe("£5.00 / 10");
});

test("a region keeps its language, an unknown one has none", () => {
  expect([languageOf("fr-CA"), languageOf("en-US"), languageOf("ga"), languageOf("")]).toEqual([
    "fr",
    "en",
    null,
    null,
  ]);
});

test.each([
  ["de", ["Ahlen", "Öhringen", "Zwickau"]],
  ["sv", ["Ahlen", "Zwickau", "Åre", "Älmhult", "Öhringen"]],
  ["pl", ["Cieszyn", "Ćmielów", "Dębica"]],
  ["hu", ["Cegléd", "Cuca", "Csorna", "Debrecen"]],
  ["en", ["Store 9", "Store 10"]],
])("names are sorted as %s readers look for them", (locale, names) => {
  expect([...names].reverse().sort(formats(locale).compare)).toEqual(names);
});
