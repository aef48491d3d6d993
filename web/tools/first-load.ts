import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Bytes of compressed JavaScript that the first page may need. */
const BUDGET = 200_000;

export interface Chunk {
  type: "chunk" | "asset";
  code?: string;
  isEntry?: boolean;
  facadeModuleId?: string | null;
  /** The files that it needs at once. */
  imports?: string[];
}

/**
 * Compressed bytes of all JavaScript that somebody waits for who opens the portal: the entry
 * and the catalogue with what they import, and the longest language.
 */
export function firstLoad(bundle: Record<string, Chunk>): number {
  const files = new Set<string>();
  const add = (name: string) => {
    if (files.has(name) || !bundle[name]) return;
    files.add(name);
    bundle[name].imports?.forEach(add);
  };
  const size = (name: string) => gzipSync(bundle[name]?.code ?? "", { level: 9 }).length;
  const chunks = Object.entries(bundle).filter(([, chunk]) => chunk.type === "chunk");
  const from = (part: string) =>
    chunks.filter(([, chunk]) => chunk.facadeModuleId?.endsWith(part)).map(([name]) => name);
  const entries = chunks.filter(([, chunk]) => chunk.isEntry).map(([name]) => name);
  const pages = from("/catalog-page.tsx");
  const languages = from(".po").map(size);
  if (!entries.length || !pages.length || !languages.length) {
    throw new Error("the entry, the catalogue or the languages are not where they were");
  }
  [...entries, ...pages].forEach(add);
  return [...files].map(size).reduce((sum, bytes) => sum + bytes, Math.max(...languages));
}

/** Says what the first load takes, and fails the build where that is too much. */
export function firstLoadBudget(): Plugin {
  const inKb = (bytes: number) => (bytes / 1000).toFixed(1);
  return {
    name: "first-load-budget",
    apply: "build",
    writeBundle(_, bundle) {
      const bytes = firstLoad(bundle);
      const text = `first load: ${inKb(bytes)} kB of JavaScript, gzip, of ${inKb(BUDGET)} kB`;
      if (bytes > BUDGET) this.error(text);
      this.environment.logger.info(text);
    },
  };
}
