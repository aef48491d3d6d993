import { request } from "@/api/client";
import { signOut } from "@/features/session/api/session";

/** How long this device waits for the others to be signed out, in milliseconds. */
const PATIENCE = 5_000;

/** Signs out on every device; on this one also where nobody can be told. */
export async function signOutEverywhere(): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE);
  await request("post", "/v1/accounts/me/sign-out", { signal }).catch(() => undefined);
  signOut();
}
