// Writes beside each text file what the server sends to those who accept brotli or gzip,
// where that is smaller: node compress.mjs FOLDER
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(css|html|js|json|map|mjs|svg|txt|webmanifest|xml)$/;
const ENCODINGS = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const bytes = readFileSync(path);
  for (const [suffix, compress] of Object.entries(ENCODINGS)) {
    const smaller = compress(bytes);
    if (smaller.length < bytes.length) writeFileSync(`${path}.${suffix}`, smaller);
  }
}
