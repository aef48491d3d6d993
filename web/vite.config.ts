import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import type { Rollup } from "vite";
import { defineConfig } from "vitest/config";
import { firstLoadBudget } from "./tools/first-load";
import { localCloud } from "./tools/local-cloud";
import { startWords } from "./tools/start-words";

type Modules = Pick<Rollup.PluginContext, "getModuleIds" | "getModuleInfo">;

/** What the local cloud's gateway serves beside the portal. */
const BEHIND = ["/v1", "/identity", "/media", "/config.json"];

async function proxies() {
  const cloud = await localCloud();
  return Object.fromEntries(BEHIND.map((path) => [path, cloud]));
}

/** Service to the version of its contract that this build is made for. */
const contracts = Object.fromEntries(
  readdirSync(new URL("contracts", import.meta.url)).map((file) => {
    const document = readFileSync(new URL(`contracts/${file}`, import.meta.url), "utf8");
    return [
      file.replace(".json", ""),
      (JSON.parse(document) as { info: { version: string } }).info.version,
    ];
  }),
);

/** All that the first page needs at once: the portal's entry and the catalogue. */
function neededFirst(modules: Modules): Set<string> {
  const needed = new Set<string>();
  const add = (module: string) => {
    if (needed.has(module)) return;
    needed.add(module);
    modules.getModuleInfo(module)?.importedIds.forEach(add);
  };
  for (const module of modules.getModuleIds()) {
    if (/\/src\/main\.tsx$|\/catalog-page\.tsx$/.test(module)) add(module);
  }
  return needed;
}

let first: Set<string> | undefined;

/**
 * Libraries change seldom, so browsers keep them through releases; what every page needs is one
 * file, as each file waits for the line once more.
 */
function fileOf(module: string, modules: Modules): string | undefined {
  first ??= neededFirst(modules);
  if (!first.has(module)) return undefined;
  if (module.includes("/node_modules/")) return "vendor";
  return /\/src\/(api|shared|ui)\//.test(module) ? "base" : undefined;
}
export default defineConfig(async ({ command, mode }) => ({
  plugins: [
    react({ babel: { plugins: ["@lingui/babel-plugin-lingui-macro"] } }),
    lingui(),
    firstLoadBudget(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  define: {
    __CONTRACTS__: JSON.stringify(contracts),
    __START_WORDS__: JSON.stringify(await startWords()),
  },
  server: {
    fs: { allow: [".", "../shared/text"] },
    proxy: command === "serve" && mode !== "test" ? await proxies() : {},
  },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { output: { manualChunks: fileOf, experimentalMinChunkSize: 4_000 } },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["{src,tools}/**/*.test.{ts,tsx}"],
    css: false,
    // On a busy machine typing into a grid takes its time.
    testTimeout: 30_000,
  },
}));
