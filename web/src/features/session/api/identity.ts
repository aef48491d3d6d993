import { reach } from "@/api/client";
import { Unreachable } from "@/api/problem";
import { type Config, config } from "@/features/session/api/config";

/** What Identity Platform gives to who signed in. */
export interface Tokens {
  id: string;
  refresh: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** Identity Platform refuses; `code` is its own, as `INVALID_LOGIN_CREDENTIALS`. */
export class SignInRefused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

interface Given {
  idToken?: string;
  refreshToken?: string;
  expiresIn?: string;
  /** The address belongs to an account that has another way to sign in. */
  needConfirmation?: boolean;
}

/** Throws SignInRefused, or Unreachable, as all of these do. */
export async function signIn(email: string, password: string): Promise<Tokens> {
  return tokensOf(
    await ask<Given>("signInWithPassword", { email, password, returnSecureToken: true }),
  );
}

/** Sends a link for a new password, in `language`. Says nothing of whether the account exists. */
export async function sendReset(email: string, language: string): Promise<void> {
  try {
    await sendLink("PASSWORD_RESET", { email }, language);
  } catch (error) {
    if (!(error instanceof SignInRefused && error.code === "EMAIL_NOT_FOUND")) throw error;
  }
}

/** The e-mail address that a link for a new password was sent to. */
export async function readReset(code: string): Promise<string> {
  const { email } = await ask<{ email: string }>("resetPassword", { oobCode: code });
  return email;
}

export async function resetPassword(code: string, password: string): Promise<void> {
  await ask("resetPassword", { oobCode: code, newPassword: password });
}

/** Sends a link that shows that the address is the person's own, in `language`. */
export async function sendVerification(id: string, language: string): Promise<void> {
  await sendLink("VERIFY_EMAIL", { idToken: id }, language);
}

/** Tells that somebody opened the link that was sent to their address; returns the address. */
export async function verifyEmail(code: string): Promise<string> {
  const { email } = await ask<{ email: string }>("update", { oobCode: code });
  return email;
}

export async function renewTokens(refresh: string): Promise<Tokens> {
  const { identity } = await config();
  const given = await post<{ id_token: string; refresh_token: string; expires_in: string }>(
    identity.tokens,
    identity,
    { grant_type: "refresh_token", refresh_token: refresh },
  );
  return tokensOf({
    idToken: given.id_token,
    refreshToken: given.refresh_token,
    expiresIn: given.expires_in,
  });
}

/** Where to go to sign in with a provider, and the session that the answer must belong to. */
export async function startAt(
  provider: string,
  continueUri: string,
): Promise<{ authUri: string; sessionId: string }> {
  return ask("createAuthUri", { providerId: provider, continueUri });
}

/** Signs in with the address that a provider sent the person back to. */
export async function signInFrom(requestUri: string, sessionId: string): Promise<Tokens> {
  const body = { requestUri, sessionId, returnSecureToken: true };
  return tokensOf(await ask<Given>("signInWithIdp", body));
}

function tokensOf(given: Given): Tokens {
  if (given.needConfirmation) throw new SignInRefused("NEED_CONFIRMATION");
  // Identity Platform asks for more than this portal can, a second factor say.
  if (!given.idToken || !given.refreshToken) throw new SignInRefused("UNSUPPORTED");
  return {
    id: given.idToken,
    refresh: given.refreshToken,
    expires: Date.now() + Number(given.expiresIn) * 1000,
  };
}

async function sendLink(
  requestType: "PASSWORD_RESET" | "VERIFY_EMAIL",
  whose: { email: string } | { idToken: string },
  language: string,
): Promise<void> {
  const body = { requestType, ...whose, continueUrl: location.origin };
  await ask("sendOobCode", body, { "X-Firebase-Locale": language });
}

async function ask<T>(what: string, body: object, headers: Record<string, string> = {}) {
  const { identity } = await config();
  return post<T>(`${identity.accounts}:${what}`, identity, body, headers);
}

async function post<T>(
  url: string,
  { key }: Config["identity"],
  body: object,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await reach(`${url}?key=${encodeURIComponent(key)}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
    // By which Google knows that the key is used at the portal; nobody else learns where people are.
    referrerPolicy: "strict-origin",
  });
  const data = (await answer.json().catch(() => ({}))) as { error?: { message?: string } };
  if (answer.status >= 500) throw new Unreachable();
  // "TOO_MANY_ATTEMPTS_TRY_LATER : Access … disabled" starts with its code.
  if (!answer.ok) throw new SignInRefused(data.error?.message?.split(" ")[0] ?? "");
  return data as T;
}
