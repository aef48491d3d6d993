import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";
import languages from "../shared/text/languages.json";

export default defineConfig({
  sourceLocale: "en",
  locales: Object.keys(languages),
  catalogs: [{ path: "src/i18n/locales/{locale}", include: ["src"] }],
  format: formatter({ lineNumbers: false }),
});
