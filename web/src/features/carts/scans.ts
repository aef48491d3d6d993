import { isPassing, waitOf } from "@/api/problem";
import type { WaitingScan, WaitingScans } from "@/features/carts/waiting-scans";
import { type FoundLine, isFound, type LookUp } from "@/shared/cart/look-up";
import type { DeliveryKey } from "@/shared/cart/types";

/** What came of a scanned code. */
export type Scan =
  | { kind: "added"; id: number; code: string; line: FoundLine; pieces: number }
  | { kind: "not_offered"; id: number; code: string; line: FoundLine }
  | { kind: "too_many"; id: number; code: string; line: FoundLine; pieces: number }
  | {
      kind: "asked";
      id: number;
      code: string;
      reason: string;
      choices: FoundLine[];
      scan: WaitingScan;
    }
  | { kind: "refused"; id: number; code: string; reason: string };

export interface Scans {
  /** The latest first. */
  done: Scan[];
  /** How many codes wait to be looked up. */
  waiting: number;
  isOffline: boolean;
}

export type Adding = { kind: "added" | "too_many"; pieces: number } | { kind: "not_offered" };

interface Surroundings {
  lookUp: (codes: string[]) => Promise<LookUp>;
  /**
   * Adds pieces where the line is offered there and takes so many; `pieces` are those that there are
   * then, or would be.
   */
  add: (line: FoundLine, pieces: number, delivery: DeliveryKey) => Adding;
  /** In words, for what is not known. */
  failed: () => string;
  kept: WaitingScans;
}

/** As many as are shown. */
const SHOWN = 6;
const RETRY = 3_000;

/**
 * Takes codes one after the other, as fast as they come: each is looked up once, together with
 * those that came meanwhile, and added in order. While the services can't be reached, they wait, and
 * are kept beyond this page.
 */
export function createScanner({ lookUp, add, failed, kept }: Surroundings) {
  const known = new Map<string, LookUp["lines"][number]>();
  let queue: WaitingScan[] = kept.all();
  let busy = false;
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let scans: Scans = { done: [], waiting: queue.length, isOffline: false };
  const listeners = new Set<() => void>();

  function tell(change: Partial<Scans>): void {
    scans = { ...scans, ...change, waiting: queue.length };
    for (const listener of listeners) listener();
  }

  function scan(code: string, pieces: number, delivery: DeliveryKey): void {
    queue.push(kept.add({ code, pieces, place: delivery }));
    tell({});
    void work();
  }

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    while (queue.length) {
      const codes = [...new Set(queue.map((each) => each.code))].filter((code) => !known.has(code));
      try {
        const lines = codes.length ? (await lookUp(codes)).lines : [];
        lines.forEach((line, index) => known.set(codes[index]!, line));
      } catch (error) {
        if (isPassing(error)) {
          tell({ isOffline: true });
          timer = setTimeout(() => void work(), Math.max(RETRY, waitOf(error)));
          break;
        }
        for (const code of codes)
          known.set(code, {
            status: "not_found",
            input: code,
            code: "not_found",
            reason: failed(),
            choices: [],
          });
      }
      const ready = queue.filter(({ code }) => known.has(code));
      queue = queue.filter(({ code }) => !known.has(code));
      // Another tab may have taken what was kept.
      const done = ready
        .filter(({ id }) => kept.take(id))
        .map(take)
        .reverse();
      tell({ done: [...done, ...scans.done].slice(0, SHOWN), isOffline: false });
    }
    busy = false;
  }

  function take(scan: WaitingScan): Scan {
    const { code } = scan;
    const line = known.get(code)!;
    if (isFound(line)) return taken(line, scan);
    const id = (count += 1);
    // It may be known another time.
    known.delete(code);
    const { reason, choices } = line;
    return choices.length
      ? { kind: "asked", id, code, reason, choices, scan }
      : { kind: "refused", id, code, reason };
  }

  /** `pieces` are times that the line was scanned, which says itself how many that is. */
  function taken(line: FoundLine, { code, pieces, place: delivery }: WaitingScan): Scan {
    const id = (count += 1);
    if (line.pieces === null) return { kind: "refused", id, code, reason: line.note ?? "" };
    return { ...add(line, pieces * line.pieces, delivery), id, code, line };
  }

  /** Takes the article that the person means by a code of several. */
  function choose(asked: Scan, line: FoundLine): void {
    if (asked.kind !== "asked") return;
    const done = scans.done.map((each) => (each === asked ? taken(line, asked.scan) : each));
    tell({ done });
  }

  if (queue.length) void work();

  return {
    scan,
    choose,
    snapshot: () => scans,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
