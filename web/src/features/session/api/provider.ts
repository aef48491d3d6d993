import { signInFrom, SignInRefused, startAt, type Tokens } from "@/features/session/api/identity";

/** Where providers send people back to; each knows this address as the portal's. */
export const RETURN = "/sign-in";

/** What is remembered of a sign-in while the person is at the provider. */
const PENDING = "sellin.signing-in";

interface Pending {
  session: string;
  /** What the provider must send back, so that nobody is signed in by somebody else's link. */
  state: string;
  /** Where the person was. */
  to: string;
}

/** Leaves for the provider. Throws SignInRefused, or Unreachable. */
export async function goTo(provider: string): Promise<void> {
  const { authUri, sessionId } = await startAt(provider, `${location.origin}${RETURN}`);
  const there = new URL(authUri);
  const state = there.searchParams.get("state");
  if (!state || !/^https?:$/.test(there.protocol)) throw new SignInRefused("INVALID_IDP_RESPONSE");
  const to = location.pathname === RETURN ? "/" : location.pathname + location.search;
  const pending: Pending = { session: sessionId, state, to };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  location.assign(authUri);
}

/**
 * Signs in who comes back from the provider, by the address that they come to; once.
 *
 * Throws SignInRefused, also where nobody left for a provider from here.
 */
export async function comeBack(address: string): Promise<{ tokens: Tokens; to: string }> {
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "null") as Pending | null;
  sessionStorage.removeItem(PENDING);
  const { searchParams, hash } = new URL(address);
  const state = searchParams.get("state") ?? new URLSearchParams(hash.slice(1)).get("state");
  if (!pending || pending.state !== state) throw new SignInRefused("INVALID_IDP_RESPONSE");
  return { tokens: await signInFrom(address, pending.session), to: pending.to };
}
