import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type Chunk, firstLoad } from "./first-load";

const size = (code: string) => gzipSync(code, { level: 9 }).length;
const chunk = (code: string, more: Partial<Chunk> = {}): Chunk => ({
  type: "chunk",
  code,
  ...more,
});
const bundle = {
  "index.js": chunk("entry", { isEntry: true, imports: ["react.js"] }),
  "react.js": chunk("react"),
  "catalog.js": chunk("catalog", {
    facadeModuleId: "/web/src/features/catalog/components/catalog-page.tsx",
    imports: ["react.js", "grid.js"],
  }),
  "grid.js": chunk("grid", { imports: ["catalog.js"] }),
  "cart.js": chunk("c".repeat(10_000), { facadeModuleId: "/web/src/cart-page.tsx" }),
  "en.js": chunk("short", { facadeModuleId: "/web/src/i18n/locales/en.po" }),
  "hu.js": chunk("the longest of the two", { facadeModuleId: "/web/src/i18n/locales/hu.po" }),
  "index.css": { type: "asset" } satisfies Chunk,
};

test("each file of the first page counts once, and the longest language", () => {
  const files = ["entry", "react", "catalog", "grid", "the longest of the two"];
  expect(firstLoad(bundle)).toBe(files.map(size).reduce((sum, each) => sum + each, 0));
});

test("a page that can't be found is no page without weight", () => {
  const { "index.js": entry, "en.js": language } = bundle;
  expect(() => firstLoad({ entry, language })).toThrow("not where they were");
});
