import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Unreachable } from "@/api/problem";
import { createScanner } from "@/features/carts/scans";
import { waitingScans } from "@/features/carts/waiting-scans";
import type { FoundLine, LookUp } from "@/shared/cart/look-up";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HERE = { door: "1", window: "AO" };
const kept = () => waitingScans(localStorage, ["u1", "100001", "c1"]);

/** Codes starting with a 9 are known; `down` requests are lost. */
function shop(down = 0, pieces = new Map<string, number>()) {
  const asked: string[][] = [];
  const scanner = createScanner({
    lookUp: async (codes) => {
      asked.push(codes);
      await Promise.resolve();
      if (down-- > 0) throw new Unreachable();
      const lines = codes.map((code) =>
        code.startsWith("9")
          ? ({ status: "found", input: code, sku: code, pieces: 1 } as FoundLine)
          : {
              status: "not_found",
              input: code,
              code: "not_found",
              reason: "Not in your range.",
              choices: [],
            },
      );
      return { lines, windows: [] } as LookUp;
    },
    add: (line, more) => {
      pieces.set(line.sku, (pieces.get(line.sku) ?? 0) + more);
      return { kind: "added", pieces: pieces.get(line.sku)! };
    },
    failed: () => "Failed.",
    kept: kept(),
  });
  const scan = (code: string, more: number) => scanner.scan(code, more, HERE);
  return { ...scanner, scan, pieces, asked };
}

test("each scan is one more, and a code is looked up once", async () => {
  const { scan, pieces, asked, snapshot } = shop();
  for (const code of ["91", "91", "92"]) scan(code, 1);
  await vi.runAllTimersAsync();
  scan("91", 1);
  await vi.runAllTimersAsync();
  expect(pieces).toEqual(
    new Map([
      ["91", 3],
      ["92", 1],
    ]),
  );
  expect(asked.flat().filter((code) => code === "91")).toHaveLength(1);
  expect(snapshot().done[0]).toMatchObject({ kind: "added", code: "91", pieces: 3 });
});

test("a label's pieces count each time, and which of two articles is meant is asked", async () => {
  const line = (sku: string, pieces: number | null) =>
    ({ status: "found", sku, pieces, note: "Not whole." }) as FoundLine;
  const answers: Record<string, LookUp["lines"][number]> = {
    "case 2": line("a", 12),
    "b 3,5": line("b", null),
    both: {
      status: "not_found",
      input: "both",
      code: "ambiguous",
      reason: "Two.",
      choices: [line("c", 1), line("d", 4)],
    },
  };
  const pieces = new Map<string, number>();
  const { scan, choose, snapshot } = createScanner({
    lookUp: async (codes) =>
      Promise.resolve({ lines: codes.map((code) => answers[code]!), windows: [] }),
    add: (found, more) => {
      pieces.set(found.sku, (pieces.get(found.sku) ?? 0) + more);
      return { kind: "added", pieces: pieces.get(found.sku)! };
    },
    failed: () => "Failed.",
    kept: kept(),
  });
  for (const code of ["case 2", "case 2", "b 3,5", "both"]) scan(code, 1, HERE);
  await vi.runAllTimersAsync();
  expect(pieces).toEqual(new Map([["a", 24]]));
  const [asked, refused] = snapshot().done;
  expect(refused).toMatchObject({ kind: "refused", reason: "Not whole." });
  expect(asked).toMatchObject({ kind: "asked", code: "both" });
  choose(asked!, line("d", 4));
  expect(pieces.get("d")).toBe(4);
  expect(snapshot().done[0]).toMatchObject({ kind: "added", pieces: 4 });
});

test("what is not known is told, and looked up again the next time", async () => {
  const { scan, snapshot, asked } = shop();
  scan("1", 1);
  await vi.runAllTimersAsync();
  expect(snapshot().done[0]).toMatchObject({ kind: "refused", reason: "Not in your range." });
  scan("1", 1);
  await vi.runAllTimersAsync();
  expect(asked).toEqual([["1"], ["1"]]);
});

test("however fast, and however often the network is cut, no scan is lost", async () => {
  const codes = fc.array(fc.tuple(fc.constantFrom("91", "92", "93"), fc.nat(2_000)), {
    maxLength: 25,
  });
  await fc.assert(
    fc.asyncProperty(codes, fc.nat(4), async (scanned, down) => {
      const { scan, pieces, snapshot } = shop(down);
      for (const [code, pause] of scanned) {
        scan(code, 1);
        await vi.advanceTimersByTimeAsync(pause);
      }
      await vi.runAllTimersAsync();
      for (const code of ["91", "92", "93"]) {
        expect(pieces.get(code) ?? 0).toBe(scanned.filter(([each]) => each === code).length);
      }
      expect(snapshot()).toMatchObject({ waiting: 0 });
    }),
    { numRuns: 40 },
  );
});

test("what waits outlives the page, and is added once however many tabs are open", async () => {
  const first = shop(3);
  first.scan("91", 2);
  first.scan("92", 1);
  await vi.advanceTimersByTimeAsync(0);
  expect(first.snapshot()).toMatchObject({ waiting: 2, isOffline: true });
  shop(0, first.pieces);
  shop(0, first.pieces);
  await vi.runAllTimersAsync();
  expect(first.pieces).toEqual(
    new Map([
      ["91", 2],
      ["92", 1],
    ]),
  );
  expect(kept().all()).toEqual([]);
});
