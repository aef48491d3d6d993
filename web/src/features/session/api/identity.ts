import { reach } from "@/api/client";

/** Identity Platform's REST interface; the local cloud has it at the portal's own address. */
const ACCOUNTS =
  import.meta.env.VITE_IDENTITY_URL ?? "/identity/identitytoolkit.googleapis.com/v1/accounts";
const TOKENS = import.meta.env.VITE_TOKEN_URL ?? "/identity/securetoken.googleapis.com/v1/token";
const KEY = import.meta.env.VITE_IDENTITY_KEY ?? "local";

/** Milliseconds before its end at which a token is renewed. */
const MARGIN = 60_000;
const STORED = "sellin.session";

interface Tokens {
  id: string;
  refresh: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** The e-mail address or the password is wrong, or the account is disabled. */
export class SignInRefused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

let tokens: Tokens | null = stored();
let renewing: Promise<string | null> | null = null;
const listeners = new Set<() => void>();

export function isSignedIn(): boolean {
  return tokens !== null;
}

/** Calls `listener` whenever somebody signs in or out, here or in another tab. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

window.addEventListener("storage", (event) => {
  if (event.key === STORED) {
    tokens = stored();
    tell();
  }
});

/** Throws SignInRefused, or Unreachable. */
export async function signIn(email: string, password: string): Promise<void> {
  const answer = await post(`${ACCOUNTS}:signInWithPassword`, {
    email,
    password,
    returnSecureToken: true,
  });
  keep({
    id: String(answer.idToken),
    refresh: String(answer.refreshToken),
    expires: Date.now() + Number(answer.expiresIn) * 1000,
  });
}

/** Sends a link for a new password, in `language`. Says nothing of whether the account exists. */
export async function sendReset(email: string, language: string): Promise<void> {
  const body = { requestType: "PASSWORD_RESET", email };
  try {
    await post(`${ACCOUNTS}:sendOobCode`, body, { "X-Firebase-Locale": language });
  } catch (error) {
    if (!(error instanceof SignInRefused && error.code === "EMAIL_NOT_FOUND")) throw error;
  }
}

export function signOut(): void {
  keep(null);
}

/** A valid ID token, renewed if it is about to end; null where nobody is signed in. */
export async function idToken(renew: boolean): Promise<string | null> {
  if (!tokens) return null;
  if (!renew && tokens.expires - MARGIN > Date.now()) return tokens.id;
  renewing ??= renewed(tokens.refresh).finally(() => (renewing = null));
  return renewing;
}

async function renewed(refresh: string): Promise<string | null> {
  try {
    const answer = await post(TOKENS, { grant_type: "refresh_token", refresh_token: refresh });
    keep({
      id: String(answer.id_token),
      refresh: String(answer.refresh_token),
      expires: Date.now() + Number(answer.expires_in) * 1000,
    });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    signOut();
  }
  return tokens?.id ?? null;
}

async function post(url: string, body: object, headers: Record<string, string> = {}) {
  const answer = await reach(`${url}?key=${encodeURIComponent(KEY)}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const data = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.status >= 500) throw new Error(`identity answered ${answer.status}`);
  if (!answer.ok) {
    const error = data.error as { message?: string } | undefined;
    // "TOO_MANY_ATTEMPTS_TRY_LATER : Access … disabled" starts with its code.
    throw new SignInRefused(error?.message?.split(" ")[0] ?? "");
  }
  return data;
}

function keep(given: Tokens | null): void {
  tokens = given;
  if (given) localStorage.setItem(STORED, JSON.stringify(given));
  else localStorage.removeItem(STORED);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function stored(): Tokens | null {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? "null") as Tokens | null;
  } catch {
    return null;
  }
}
