import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";
import languages from "../shared/text/languages.json";

const DESK = ["src/features/desk/", "src/app/desk-shell.tsx"];

export default defineConfig({
  sourceLocale: "en",
  locales: Object.keys(languages),
  catalogs: [
    {
      path: "src/i18n/locales/{locale}",
      include: ["src"],
      exclude: DESK.map((path) => `**/${path}**`),
    },
    // Buyers never load the desk's words.
    { path: "src/features/desk/locales/{locale}", include: DESK },
  ],
  format: formatter({ lineNumbers: false }),
});
