import { learn, mustFit } from "@/api/contracts";
import { Problem, SignedOut, Unreachable } from "@/api/problem";

/** What every request carries; asked for anew with each, since all of it can change. */
export interface RequestContext {
  /** A valid ID token; `renew` forces a new one. Null where nobody is signed in. */
  token(renew: boolean): Promise<string | null>;
  company(): string | null;
  locale(): string;
  /** The services refuse the token although it was renewed. */
  onRefused(): void;
}

let context: RequestContext = {
  token: async () => null,
  company: () => null,
  locale: () => "en",
  onRefused: () => undefined,
};

/** Sets what requests carry; called once, when the application starts. */
export function setRequestContext(given: RequestContext): void {
  context = given;
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Record<string, string | number | string[] | null | undefined>;
  /** JSON, or a file as it is, with its media type. */
  body?: unknown;
  /** The ETag that the change starts from. */
  ifMatch?: string;
  /** The same for every repetition of one request. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** The language of the answer, where it is not the portal's. */
  locale?: string;
  /** Whether it acts for the chosen company; only `me` does not. */
  forCompany?: boolean;
  /** The company that it acts for, where another one may be chosen meanwhile. */
  company?: string;
}

/**
 * Calls a service and answers its JSON, undefined for an empty answer.
 *
 * Throws Problem for an answer that is an error, Unreachable where none came, Outdated where
 * the service keeps another contract than this build is made for, SignedOut where nobody is
 * signed in (any more).
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const answer = await answerOf(path, options);
  if (answer.status === 204) return undefined as T;
  try {
    return (await answer.json()) as T;
  } catch {
    // Cut off on its way.
    throw new Unreachable();
  }
}

/** Calls a service and answers the file that it gives; throws as `request` does. */
export async function requestFile(path: string): Promise<Blob> {
  const answer = await answerOf(path, {});
  try {
    return await answer.blob();
  } catch {
    throw new Unreachable();
  }
}

async function answerOf(path: string, options: RequestOptions): Promise<Response> {
  await mustFit(path, (options.method ?? "GET") !== "GET");
  let answer = await send(path, options, await tokenFor(false));
  if (answer.status === 401) {
    answer = await send(path, options, await tokenFor(true));
    if (answer.status === 401) {
      context.onRefused();
      throw new SignedOut();
    }
  }
  if (!answer.ok) throw new Problem(answer.status, await jsonOf(answer));
  return answer;
}

async function tokenFor(renew: boolean): Promise<string> {
  const token = await context.token(renew);
  if (!token) throw new SignedOut();
  return token;
}

async function send(path: string, options: RequestOptions, token: string) {
  const headers = new Headers({
    "Accept-Language": options.locale ?? context.locale(),
    Authorization: `Bearer ${token}`,
  });
  const company = options.company ?? context.company();
  if (company && options.forCompany !== false) headers.set("X-Company", company);
  if (options.ifMatch) headers.set("If-Match", options.ifMatch);
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  const { body } = options;
  const file = body instanceof Blob ? body : null;
  if (body !== undefined) headers.set("Content-Type", file?.type ?? "application/json");
  const answer = await reach(`${path}${queryOf(options.query)}`, {
    method: options.method ?? "GET",
    headers,
    body: file ?? (body === undefined ? null : JSON.stringify(body)),
    signal: options.signal ?? null,
  });
  learn(path, answer);
  return answer;
}

/** `fetch` that tells a cut network apart from an aborted request. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
}

async function jsonOf(answer: Response): Promise<Record<string, unknown>> {
  try {
    return (await answer.json()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function queryOf(query: RequestOptions["query"]): string {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== "") found.append(name, String(each));
    }
  }
  const text = found.toString();
  return text && `?${text}`;
}
