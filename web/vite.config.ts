import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the services: the local cloud's gateway. */
const gateway = process.env.SELLIN_URL ?? "http://127.0.0.1:8080";
const proxy = { "/v1": gateway, "/identity": gateway, "/media": gateway };

/** Service to the version of its contract that this build is made for. */
const contracts = Object.fromEntries(
  readdirSync(new URL("contracts", import.meta.url)).map((file) => {
    const document = readFileSync(new URL(`contracts/${file}`, import.meta.url), "utf8");
    return [file.replace(".json", ""), JSON.parse(document).info.version as string];
  }),
);

export default defineConfig({
  plugins: [react({ babel: { plugins: ["@lingui/babel-plugin-lingui-macro"] } }), lingui()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  define: { __CONTRACTS__: JSON.stringify(contracts) },
  server: { proxy },
  preview: { proxy },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    // On a busy machine typing into a grid takes its time.
    testTimeout: 30_000,
  },
});
