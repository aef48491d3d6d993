import { afterEach, beforeEach, expect, test, vi } from "vitest";

const settings = {
  identity: { accounts: "/accounts", tokens: "/tokens", key: "k" },
  providers: [],
  idle_minutes: 90,
};
const MINUTE = 60_000;

/** A tab that watches, opened by somebody who is signed in. */
async function tab(isIn = true) {
  vi.resetModules();
  const session = await import("@/features/session/api/session");
  const { watchIdleness } = await import("@/features/session/api/idle");
  if (isIn) session.begin(tokens());
  watchIdleness();
  return session;
}

const tokens = () => ({
  id: `h.${btoa(JSON.stringify({ sub: "anna" }))}.s`,
  refresh: "r",
  expires: Date.now() + 24 * 60 * MINUTE,
});

const press = () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));

/** The computer sleeps: time goes on, and no timer runs. */
const sleep = (minutes: number) => vi.setSystemTime(Date.now() + minutes * MINUTE);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(settings)));
});

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("who does nothing for as long as the setting says must sign in again", async () => {
  const { session, whyEnded } = await tab();
  press();
  await vi.advanceTimersByTimeAsync(89 * MINUTE);
  expect(session()).toBe("in");
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect([session(), whyEnded()]).toEqual(["ended", "idle"]);
});

test("who goes on working stays signed in", async () => {
  const { session } = await tab();
  for (let hour = 0; hour < 24; hour++) {
    press();
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
  }
  expect(session()).toBe("in");
});

test("what is done in another tab counts in this one", async () => {
  const { session } = await tab();
  press();
  await vi.advanceTimersByTimeAsync(80 * MINUTE);
  localStorage.setItem("sellin.active", String(Date.now()));
  await vi.advanceTimersByTimeAsync(80 * MINUTE);
  expect(session()).toBe("in");
});

test("the first key after a night does not keep who left signed in", async () => {
  const { session } = await tab();
  press();
  await vi.advanceTimersByTimeAsync(0);
  sleep(12 * 60);
  press();
  await vi.advanceTimersByTimeAsync(0);
  expect(session()).toBe("ended");
});

test("a page that is opened the next day begins with the sign-in", async () => {
  await tab();
  press();
  sleep(24 * 60);
  const { session } = await tab(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(session()).toBe("ended");
});

test("who signs in again goes on", async () => {
  const { begin, session } = await tab();
  await vi.advanceTimersByTimeAsync(100 * MINUTE);
  expect(session()).toBe("ended");
  begin(tokens());
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(session()).toBe("in");
});

test("where the setting can't be had nobody is signed out for that", async () => {
  const { session } = await tab();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await vi.advanceTimersByTimeAsync(100 * MINUTE);
  expect(session()).toBe("in");
});
