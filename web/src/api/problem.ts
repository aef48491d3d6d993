/** A fault of the input: where it is (RFC 6901 pointer) and what is wrong. */
export interface Fault {
  code: string;
  in: "body" | "query" | "header" | "path";
  pointer: string;
  detail: string;
}

/** An `application/problem+json` answer (RFC 9457); `detail` is in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: Fault[];
  /** The members beyond RFC 9457's, by `code`. */
  readonly extra: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === "string" ? body.detail : "");
    this.status = status;
    this.code = typeof body.code === "string" ? body.code : "unknown";
    this.faults = Array.isArray(body.errors) ? (body.errors as Fault[]) : [];
    this.extra = body;
  }
}

/** No answer came: the network is cut, or nothing listens. */
export class Unreachable extends Error {}

/** This build does not fit the service, or its files are gone: nothing is sent any more. */
export class Outdated extends Error {}

/** Nobody is signed in (any more): nothing is sent until somebody is. */
export class SignedOut extends Error {}

/** Whether the same request may succeed later without anybody changing it. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    error instanceof Outdated ||
    error instanceof SignedOut ||
    (error instanceof Problem && (error.status >= 500 || error.status === 429))
  );
}
