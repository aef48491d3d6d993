import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type MaybeOptionalInit,
  type MethodResponse,
} from "openapi-fetch";
import { noteContract, requireFit } from "@/api/contracts";
import { Outdated, Problem, SignedOut, Unreachable } from "@/api/problem";
import type { paths as Accounts } from "@/api/schema/accounts";
import type { paths as Assortments } from "@/api/schema/assortments";
import type { paths as Carts } from "@/api/schema/carts";
import type { paths as Catalog } from "@/api/schema/catalog";
import type { paths as Operations } from "@/api/schema/operations";
import type { paths as Orders } from "@/api/schema/orders";
import type { paths as Simulations } from "@/api/schema/simulations";

type Paths = Accounts & Assortments & Carts & Catalog & Operations & Orders & Simulations;
type Services = Client<Paths>;
type Method = "get" | "post" | "put" | "patch" | "delete";
type Path<M extends Method> = ClientPathsWithMethod<Services, M>;

/** What every request carries; asked for anew with each, since all of it can change. */
export interface RequestContext {
  /** A valid ID token; `renew` forces a new one. Null where nobody is signed in. */
  token(renew: boolean): Promise<string | null>;
  company(): string | null;
  locale(): string;
}

let context: RequestContext = {
  token: () => Promise.resolve(null),
  company: () => null,
  locale: () => "en",
};

/** Sets what requests carry; called once, when the application starts. */
export function setRequestContext(given: RequestContext): void {
  context = given;
}

/** The one path that belongs to a person, whichever company is chosen. */
const ME: keyof Accounts = "/v1/accounts/me";

const services = createClient<Paths>({ fetch: (request) => reach(request) });

services.use({
  async onRequest({ request, schemaPath }) {
    await requireFit(schemaPath, request.method !== "GET");
    const { headers } = request;
    if (!headers.has("Accept-Language")) headers.set("Accept-Language", context.locale());
    const company = context.company();
    if (company && schemaPath !== ME && !headers.has("X-Company")) {
      headers.set("X-Company", company);
    }
  },
  onResponse: ({ response, schemaPath }) => noteContract(schemaPath, response),
});

/**
 * Calls a service and returns the JSON that it answers, undefined for an empty answer.
 *
 * The contract says which parameters, headers and body a path takes and what it answers. The
 * token is always added. The person's company and language are added where the caller names no
 * other.
 *
 * Throws Problem for an answer that is an error, Unreachable where none came, Outdated where
 * the service keeps another contract than this build is made for, SignedOut where nobody is
 * signed in (any more).
 */
export async function request<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  options: MaybeOptionalInit<Paths[P], M>,
): Promise<MethodResponse<Services, M, P>> {
  // Not openapi-fetch's own signature: it lets pass what the contract does not know.
  const data = await call(method, path, options);
  return data as MethodResponse<Services, M, P>;
}

/** Calls a service and returns the file that it answers; throws as `request` does. */
export async function requestFile<P extends Path<"get">>(
  path: P,
  options: MaybeOptionalInit<Paths[P], "get">,
): Promise<Blob> {
  return (await call("get", path, { ...options, parseAs: "blob" })) as Blob;
}

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

async function call(method: Method, path: string, options: object = {}): Promise<unknown> {
  let answer = await send(method, path, options, await tokenFor(false));
  if (answer.response.status === 401) {
    // Who may not come in any more gets no new token. A service that refuses a new one is at fault
    // itself, and signing in again would not help.
    answer = await send(method, path, options, await tokenFor(true));
  }
  const { data, error, response } = answer;
  if (!response.ok) throw new Problem(response.status, error, response.headers.get("Retry-After"));
  return data;
}

async function tokenFor(renew: boolean): Promise<string> {
  const token = await context.token(renew);
  if (!token) throw new SignedOut();
  return token;
}

async function send(
  method: Method,
  path: string,
  options: { headers?: object },
  token: string,
): Promise<Answer> {
  const headers = { ...options.headers, Authorization: `Bearer ${token}` };
  const untyped = services.request as (...given: unknown[]) => Promise<Answer>;
  try {
    return await untyped(method, path, { ...options, headers });
  } catch (error) {
    throw isKnown(error) ? error : new Unreachable(); // Its answer was cut off on its way.
  }
}

const isKnown = (error: unknown) =>
  error instanceof Problem || error instanceof Outdated || isAbort(error);

/** `fetch` that tells a cut network apart from an aborted request. */
export async function reach(what: string | Request, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(what, init);
  } catch (error) {
    throw isAbort(error) ? error : new Unreachable();
  }
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === "AbortError";
