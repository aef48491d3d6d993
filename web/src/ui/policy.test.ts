import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import headers from "../../../infra/headers.json";

const library = (module: string) =>
  readFileSync(`node_modules/react-aria/dist/private/${module}.mjs`, "utf8");

// What React Aria adds to a page at run time must be what the page's policy lets in.
test("React Aria's style for iOS is the one that the policy names", () => {
  const style = /style\.textContent = `([^`]*)`/.exec(library("overlays/usePreventScroll"))?.[1];
  const hash = createHash("sha256").update(style!.trim()).digest("base64");
  expect(headers["Content-Security-Policy"]).toContain(`'sha256-${hash}'`);
});

test("React Aria's style for presses is in our own files", () => {
  const source = library("interactions/usePress");
  const id = /STYLE_ID = '([^']*)'/.exec(source)?.[1];
  expect(readFileSync("index.html", "utf8")).toContain(`id="${id}"`);
  const rule = /touch-action: [^;]*;/.exec(source)?.[0];
  expect(readFileSync("src/ui/tokens.css", "utf8")).toContain(rule);
});
