import { config } from "@/features/session/api/config";
import { end, isSignedIn, onSession } from "@/features/session/api/session";

/** When somebody last did something in any tab, in milliseconds since the epoch. */
const ACTIVE = "sellin.active";
/** How exactly that is known, in milliseconds. */
const STEP = 30_000;
/** No installation signs people out sooner; until then its setting is not asked for. */
const LEAST = 5 * 60_000;
const INPUT = ["keydown", "pointerdown", "wheel", "touchstart"] as const;

/** Ends the session, in all tabs, once nobody did anything in any of them for long. */
export function watchIdleness(): void {
  let wasIn = isSignedIn();
  if (wasIn && !localStorage.getItem(ACTIVE)) noteInput();
  onSession(() => {
    if (isSignedIn() && !wasIn) noteInput();
    wasIn = isSignedIn();
  });
  for (const kind of INPUT) addEventListener(kind, () => void onInput(), { passive: true });
  document.addEventListener("visibilitychange", () => void endIfIdle());
  setInterval(() => void endIfIdle(), STEP);
  void endIfIdle();
}

async function onInput(): Promise<void> {
  if (!isSignedIn() || quiet() < STEP) return;
  // A computer that slept has told nobody how long it did.
  await endIfIdle();
  if (isSignedIn()) noteInput();
}

async function endIfIdle(): Promise<void> {
  if (!isSignedIn() || quiet() < LEAST) return;
  // Not reached, it is asked for again a step later.
  const settings = await config().catch(() => null);
  if (settings && quiet() >= settings.idle_minutes * 60_000) end("idle");
}

/** For how long nobody did anything, in milliseconds. */
const quiet = () => Date.now() - Number(localStorage.getItem(ACTIVE));

const noteInput = () => localStorage.setItem(ACTIVE, String(Date.now()));
