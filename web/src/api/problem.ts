import type { components } from "@/api/schema/carts";

/** A fault of the input, as every service describes it: where it is and what is wrong. */
export type Fault = components["schemas"]["FaultBody"];
type ProblemBody = components["schemas"]["ProblemBody"];

/** An `application/problem+json` answer (RFC 9457); `detail` is in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: Fault[];
  /** The members beyond RFC 9457's, by `code`. */
  readonly extra: Record<string, unknown>;
  /** Seconds after which the same request may succeed, as `Retry-After` says (RFC 9110, 10.2.3). */
  readonly retryAfter: number | null;

  /** `body` is whatever came with the status; a proxy on the way answers no problem document. */
  constructor(status: number, body: unknown, retryAfter: string | null = null) {
    const told = (typeof body === "object" ? (body ?? {}) : {}) as Partial<ProblemBody>;
    super(told.detail ?? "");
    this.status = status;
    this.code = told.code ?? "unknown";
    this.faults = told.errors ?? [];
    this.extra = told;
    this.retryAfter = /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) : null;
  }
}

/** No answer came: the network is cut, or nothing listens. */
export class Unreachable extends Error {}

/** This build does not fit the service, or its files are gone: nothing is sent any more. */
export class Outdated extends Error {}

/** Nobody is signed in (any more): nothing is sent until somebody is. */
export class SignedOut extends Error {}

/** How long a person waits without being told why, in milliseconds. */
const PATIENCE = 3_000;

/** Milliseconds before which the same request can't succeed, as far as the service said. */
export function waitOf(error: unknown): number {
  return error instanceof Problem ? 1000 * (error.retryAfter ?? 0) : 0;
}

/** Whether a query is sent anew by itself, rather than told to have failed. */
export function isRetried(failures: number, error: unknown): boolean {
  return isPassing(error) && failures < 2 && waitOf(error) <= PATIENCE;
}

/** Milliseconds until then, twice as many each time. */
export function retryDelay(failures: number, error: unknown): number {
  return Math.max(1000 * 2 ** failures, waitOf(error));
}

/** Whether the same request may succeed later without anybody changing it. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    error instanceof Outdated ||
    error instanceof SignedOut ||
    (error instanceof Problem && (error.status >= 500 || error.status === 429))
  );
}

/**
 * Whether a person who asks once more may get another answer: what was refused stays refused. Not
 * so a 401: it was answered to a new token, so the service is at fault.
 */
export const mayRepeat = (error: unknown): boolean =>
  !(error instanceof Problem) ||
  error.status >= 500 ||
  [401, 408, 409, 412, 429].includes(error.status);
