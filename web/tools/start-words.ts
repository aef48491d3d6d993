import { readFileSync } from "node:fs";
import { formatter } from "@lingui/format-po";
import languages from "../../shared/text/languages.json";

/** Where the texts stand that are needed while no catalogue could be loaded. */
const SOURCE = "src/app/start-failed.tsx";

/** Language to the texts of `SOURCE`, by Lingui's id: the few that the first file carries itself. */
export async function startWords(): Promise<Record<string, Record<string, string>>> {
  const format = formatter({ lineNumbers: false });
  const found: Record<string, Record<string, string>> = {};
  for (const language of Object.keys(languages)) {
    const filename = new URL(`../src/i18n/locales/${language}.po`, import.meta.url);
    const context = { locale: language, sourceLocale: "en", filename: filename.pathname };
    const catalogue = await format.parse(readFileSync(filename, "utf8"), context);
    const needed = Object.entries(catalogue).filter(([, message]) =>
      message.origin?.some(([file]) => file === SOURCE),
    );
    found[language] = Object.fromEntries(needed.map(([id, message]) => [id, message.translation]));
  }
  return found;
}
