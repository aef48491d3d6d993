// What infra/headers.json says, as caddy reads it: node headers.mjs FILE > headers.caddy
import { readFileSync } from "node:fs";

for (const [name, value] of Object.entries(JSON.parse(readFileSync(process.argv[2])))) {
  console.log(`${name} "${value}"`);
}
