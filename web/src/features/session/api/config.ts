import { reach } from "@/api/client";

/** Somebody else who knows who people are, as Identity Platform names them: `oidc.brand`. */
export interface Provider {
  id: string;
  name: string;
}

/** Where people sign in; it differs between installations, whose files are the same. */
export interface Config {
  identity: { accounts: string; tokens: string; key: string };
  providers: Provider[];
  /** After so many minutes without any input who is signed in is asked to sign in again. */
  idle_minutes: number;
}

let asked: Promise<Config> | null = null;

/** What `/config.json` says, asked for once. Throws Unreachable. */
export function config(): Promise<Config> {
  asked ??= reach("/config.json", { cache: "no-cache" })
    .then((answer) => answer.json() as Promise<Config>)
    .catch((error: unknown) => {
      asked = null;
      throw error;
    });
  return asked;
}
