import { readFileSync } from "node:fs";

/** What `make run` writes while it runs. */
const RUNNING = new URL("../../build/local.json", import.meta.url);

/** The URL of SELLIN_URL, else of this repository's running local cloud; ends where none answers. */
export async function localCloud(): Promise<string> {
  const url = process.env.SELLIN_URL ?? runningUrl();
  if (url && (await answers(url))) return url;
  console.error(
    `${url ? `Nothing answers at ${url}` : "No local cloud runs"}: ` +
      "start it by `make run` in another terminal, or name one that runs elsewhere, " +
      "as in `SELLIN_URL=http://127.0.0.1:8081 make web`",
  );
  process.exit(1);
}

function runningUrl(): string | undefined {
  try {
    return (JSON.parse(readFileSync(RUNNING, "utf8")) as { url?: string }).url;
  } catch {
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/v1/accounts/healthz`)).ok;
  } catch {
    return false;
  }
}
