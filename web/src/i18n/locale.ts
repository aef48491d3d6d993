import LANGUAGES from "../../../shared/text/languages.json";
import { i18n, type I18n, type Messages, setupI18n } from "@lingui/core";

export type Language = keyof typeof LANGUAGES;

/** The languages that the portal speaks, as choices: each by its own name. */
export const LANGUAGE_OPTIONS = Object.entries(LANGUAGES).map(([value, { name }]) => ({
  value,
  label: name,
}));

const CHOICE = "sellin.language";

/** The portal's language for a BCP 47 tag, null where it does not speak it. */
export function languageOf(tag: string): Language | null {
  const base = tag.split("-")[0] ?? "";
  return Object.hasOwn(LANGUAGES, base) ? (base as Language) : null;
}

/** The person's choice on this device, null before there is one. */
export function chosenLanguage(): Language | null {
  return languageOf(localStorage.getItem(CHOICE) ?? "");
}

/** The choice, else the first of the browser's languages that the portal speaks. */
export function startLanguage(): Language {
  return chosenLanguage() ?? navigator.languages.map(languageOf).find((found) => found) ?? "en";
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(CHOICE, language);
}

async function messagesOf(language: Language): Promise<Messages> {
  const { messages } = (await import(`./locales/${language}.po`)) as { messages: Messages };
  return messages;
}

/** Loads a language without showing the portal in it, for what other readers will read. */
export async function loadI18n(language: Language): Promise<I18n> {
  return setupI18n({ locale: language, messages: { [language]: await messagesOf(language) } });
}

let wanted: Language | undefined;

/**
 * Loads the language's catalogue and shows everything in it, unless another language was asked
 * for meanwhile. Whether it did.
 */
export async function activate(language: Language): Promise<boolean> {
  wanted = language;
  const messages = await messagesOf(language);
  if (wanted !== language) return false;
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  return true;
}

/** How to write dates and numbers: as in the browser's region, else as in the language's own. */
export function formatLocale(language: string): string {
  const regional = navigator.languages.find((tag) => tag.startsWith(`${language}-`));
  const known = languageOf(language);
  return regional ?? (known ? LANGUAGES[known].region : language);
}
