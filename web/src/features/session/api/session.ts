import { renewTokens, SignInRefused, type Tokens } from "@/features/session/api/identity";

/** Milliseconds before its end at which a token is renewed. */
const MARGIN = 60_000;
const STORED = "sellin.session";

/** What stays on this device when somebody signs out: nobody's, or each person's own. */
const STAYS = /^sellin\.(language$|edits\.)/;

/** `ended`: who was signed in must do so again to go on. */
export type Session = "out" | "in" | "ended";

/** Why a session ended: its tokens are refused, or nobody has been there for long. */
export type Ending = "refused" | "idle";

let tokens: Tokens | null = readStored();
/** Whose session ended while this page was open. */
let ended: Tokens | null = null;
let ending: Ending = "refused";
let renewing: Promise<string | null> | null = null;
const listeners = new Set<() => void>();

export function session(): Session {
  if (tokens) return "in";
  return ended ? "ended" : "out";
}

/** Why the session ended, where it did. */
export const whyEnded = () => ending;

export const isSignedIn = () => tokens !== null;

/** The e-mail address of who is or was signed in; empty if the token has none. */
export const emailOf = () => claimsOf(tokens ?? ended).email ?? "";

/** Whether the token says that the address was verified when it was issued. */
export const isVerified = () => claimsOf(tokens).email_verified === true;

/** Calls `listener` whenever somebody signs in or out, here or in another tab. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Somebody signed in, or the same person did again. */
export function begin(given: Tokens): void {
  const isAnother = ended !== null && personOf(ended) !== personOf(given);
  localStorage.setItem(STORED, JSON.stringify(given));
  if (isAnother) startAnew();
  else set(given, null);
}

/**
 * Ends the session. The page stays as it is, with all that is entered in it, until the same
 * person is signed in again.
 */
export function end(why: Ending = "refused"): void {
  if (!tokens) return;
  localStorage.setItem(STORED, JSON.stringify({ ended: why }));
  ending = why;
  set(null, tokens);
}

/** Signs out on this device and leaves nothing behind but what is not saved yet. */
export function signOut(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const name of Object.keys(storage)) {
      if (name.startsWith("sellin.") && !STAYS.test(name)) storage.removeItem(name);
    }
  }
  set(null, null);
  startAnew();
}

/** Nothing of one person may be in the memory of another's page. */
function startAnew(): void {
  location.assign("/");
}

window.addEventListener("storage", (event) => {
  if (event.key !== STORED) return;
  const found = readStored();
  const mine = tokens ?? ended;
  if (!mine) set(found, null);
  else if (found && personOf(found) === personOf(mine)) set(found, null);
  else if (!found && event.newValue) {
    ending = event.newValue.includes("idle") ? "idle" : "refused";
    set(null, mine);
  } else startAnew();
});

/** A valid ID token, renewed if it is about to end; null where nobody is signed in. */
export async function idToken(renew: boolean): Promise<string | null> {
  if (!tokens) return null;
  if (!renew && tokens.expires - MARGIN > Date.now()) return tokens.id;
  renewing ??= renewTokensOnce(tokens.refresh).finally(() => (renewing = null));
  return renewing;
}

async function renewTokensOnce(refresh: string): Promise<string | null> {
  try {
    const given = await renewTokens(refresh);
    // Somebody may have signed out meanwhile.
    if (tokens?.refresh === refresh) {
      localStorage.setItem(STORED, JSON.stringify(given));
      set(given, null);
    }
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    end();
  }
  return tokens?.id ?? null;
}

function set(now: Tokens | null, before: Tokens | null): void {
  tokens = now;
  ended = before;
  for (const listener of listeners) listener();
}

function readStored(): Tokens | null {
  try {
    const found = JSON.parse(localStorage.getItem(STORED) ?? "null") as Tokens | null;
    return found?.refresh ? found : null;
  } catch {
    return null;
  }
}

const personOf = (given: Tokens) => claimsOf(given).sub ?? "";

interface Claims {
  sub?: string;
  email?: string;
  email_verified?: boolean;
}

/** What an ID token says. The services verify it; here it only tells one person from another. */
function claimsOf(given: Tokens | null): Claims {
  try {
    const payload = given?.id.split(".")[1] ?? "";
    return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Claims;
  } catch {
    return {};
  }
}
