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
}

/** The local cloud's, at the portal's own address. */
const LOCAL: Config = {
  identity: {
    accounts: "/identity/identitytoolkit.googleapis.com/v1/accounts",
    tokens: "/identity/securetoken.googleapis.com/v1/token",
    key: "local",
  },
  providers: [],
};

let asked: Promise<Config> | null = null;

/** What `/config.json` says, asked for once. Throws Unreachable. */
export function config(): Promise<Config> {
  asked ??= reach("/config.json", { cache: "no-cache" })
    .then((answer) => (isJson(answer) ? (answer.json() as Promise<Config>) : LOCAL))
    .catch((error: unknown) => {
      asked = null;
      throw error;
    });
  return asked;
}

const isJson = (answer: Response) =>
  answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
