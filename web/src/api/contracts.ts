import { Outdated, Problem, Unreachable } from "@/api/problem";

/** The header in which every answer of a service names its contract, as `carts/1.4.0`. */
const HEADER = "Sellin-Contract";

/** Milliseconds after which a service is asked for its contract before anything is written. */
const KNOWN_FOR = 60_000;

/** What did not fit before this page was loaded anew. */
const RELOADED = "sellin.reloaded";

/** In place of a service: the portal's own files are gone, as a later build has others. */
const FILES = "files";

const asked = new Map<string, Promise<void>>();
const fittingSince = new Map<string, number>();
const misfits = new Set<string>();
const before = new Set(JSON.parse(sessionStorage.getItem(RELOADED) ?? "[]") as string[]);
sessionStorage.removeItem(RELOADED);
const listeners = new Set<() => void>();

/**
 * Whether what is built against `needed` works with `offered`, both `major.minor.patch`: the
 * same major and no earlier, as infra/compat.py decides before anything is deployed.
 */
export function fits(needed: string, offered: string): boolean {
  const [major = 0, minor = 0, patch = 0] = needed.split(".").map(Number);
  const [itsMajor = 0, itsMinor = 0, itsPatch = 0] = offered.split(".").map(Number);
  if (major !== itsMajor) return false;
  return itsMinor === minor ? itsPatch >= patch : itsMinor > minor;
}

/**
 * What this page needs: `fits`; `outdated`: a reload brings the build that fits; `updating`:
 * it did not, as one of the two sides is not deployed yet.
 */
export type Fit = "fits" | "outdated" | "updating";

export function fit(): Fit {
  if (!misfits.size) return "fits";
  return [...misfits].some((misfit) => before.has(misfit)) ? "updating" : "outdated";
}

export function onFit(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Loads the page anew; only ever because somebody asked for it, so that it can't go round. */
export function reload(): void {
  sessionStorage.setItem(RELOADED, JSON.stringify([...misfits]));
  location.reload();
}

/**
 * Refuses a request to a service whose contract is known not to fit. A service that has not
 * named its contract for a minute is asked for it before it is sent a change.
 *
 * Throws Outdated, or what keeps the service from being asked.
 */
export async function requireFit(path: string, isChange: boolean): Promise<void> {
  const service = serviceOf(path);
  if (misfits.has(service)) throw new Outdated();
  const since = fittingSince.get(service);
  if (!isChange || (since !== undefined && Date.now() - since < KNOWN_FOR)) return;
  const asking = asked.get(service) ?? askHealth(service).finally(() => asked.delete(service));
  asked.set(service, asking);
  await asking;
}

async function askHealth(service: string): Promise<void> {
  const path = `/v1/${service}/healthz`;
  const answer = await fetch(path, { cache: "no-store" }).catch(() => {
    throw new Unreachable();
  });
  noteContract(path, answer);
  if (!answer.ok) throw new Problem(answer.status, {});
}

/**
 * Notes the contract that an answer names, and throws Outdated where it does not fit. An answer
 * that names none (a proxy's on the way, say) changes nothing.
 */
export function noteContract(path: string, answer: Response): void {
  const service = serviceOf(path);
  const [name, offered] = answer.headers.get(HEADER)?.split("/") ?? [];
  const needed = __CONTRACTS__[service];
  if (name !== service || !offered || !needed) return;
  if (!fits(needed, offered)) {
    recordMisfit(service);
    throw new Outdated();
  }
  fittingSince.set(service, Date.now());
  before.delete(service);
}

/** Finds out whether a file could not be loaded because a later build is served by now. */
export async function checkFiles(): Promise<void> {
  const own = [...document.scripts].find((script) => script.type === "module" && script.src);
  if (!own) return;
  const start = await fetch("/index.html", { cache: "no-store" }).catch(() => null);
  if (!start?.ok) return;
  if (!(await start.text()).includes(new URL(own.src).pathname)) recordMisfit(FILES);
}

function recordMisfit(what: string): void {
  misfits.add(what);
  for (const listener of listeners) listener();
}

const serviceOf = (path: string) => path.split("/")[2] ?? "";
