import { afterEach, beforeEach, expect, test, vi } from "vitest";

const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
const settings = {
  identity: { accounts: "/accounts", tokens: "/tokens", key: "k" },
  providers: [],
};
const assign = vi.fn();

/** The module as a tab that was opened just now has it. */
async function tab() {
  vi.resetModules();
  return import("@/features/session/api/session");
}

const idOf = (person: string, number = 1) =>
  `h.${btoa(JSON.stringify({ sub: person, email: `${person}@example.com`, number }))}.s`;
const tokens = (person: string, number = 1) => ({
  id: idOf(person, number),
  refresh: `${person}-${number}`,
  expires: Date.now() + 3_600_000,
});
const renewed = (person: string) =>
  Response.json({ id_token: idOf(person, 2), refresh_token: `${person}-2`, expires_in: "3600" });
const refused = () => Response.json({ error: { message: "TOKEN_EXPIRED" } }, { status: 400 });

/** What another tab wrote, as this one is told. */
function otherTab(value: unknown): void {
  const text = value === null ? null : JSON.stringify(value);
  if (text === null) localStorage.removeItem("sellin.session");
  else localStorage.setItem("sellin.session", text);
  window.dispatchEvent(new StorageEvent("storage", { key: "sellin.session", newValue: text }));
}

beforeEach(() => {
  assign.mockReset();
  fetched.mockReset().mockResolvedValueOnce(Response.json(settings));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("location", { assign, origin: "http://localhost" });
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a token is used until shortly before its end, then renewed once for all who ask", async () => {
  const { begin, idToken } = await tab();
  begin(tokens("anna"));
  expect(await idToken(false)).toBe(idOf("anna"));
  vi.advanceTimersByTime(3_590_000);
  fetched.mockResolvedValueOnce(renewed("anna"));
  expect(await Promise.all([idToken(false), idToken(false)])).toEqual([
    idOf("anna", 2),
    idOf("anna", 2),
  ]);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("a cut network while renewing ends no session", async () => {
  const { begin, idToken, session } = await tab();
  begin(tokens("anna"));
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(idToken(true)).rejects.toThrow();
  expect(session()).toBe("in");
});

test("who can't renew must sign in again, and goes on where they were", async () => {
  const { begin, emailOf, idToken, session } = await tab();
  begin(tokens("anna"));
  fetched.mockResolvedValueOnce(refused());
  expect(await idToken(true)).toBeNull();
  expect(session()).toBe("ended");
  expect(emailOf()).toBe("anna@example.com");
  begin(tokens("anna", 3));
  expect(session()).toBe("in");
  expect(assign).not.toHaveBeenCalled();
});

test("a page that is opened after a session ended begins signed out", async () => {
  const { begin, end } = await tab();
  begin(tokens("anna"));
  end();
  expect((await tab()).session()).toBe("out");
});

test("signing out leaves only the language and each person's own entries", async () => {
  const { begin, session, signOut } = await tab();
  begin(tokens("anna"));
  localStorage.setItem("sellin.language", "hu");
  localStorage.setItem("sellin.edits.anna.1.c", "[]");
  localStorage.setItem("sellin.cart.1", "c");
  localStorage.setItem("other", "x");
  sessionStorage.setItem("sellin.company", "1");
  signOut();
  expect(session()).toBe("out");
  expect(Object.keys(localStorage).sort()).toEqual([
    "other",
    "sellin.edits.anna.1.c",
    "sellin.language",
  ]);
  expect(sessionStorage).toHaveLength(0);
  expect(assign).toHaveBeenCalledWith("/");
});

test("tabs of one person share what is renewed, and end together", async () => {
  const { begin, idToken, session } = await tab();
  begin(tokens("anna"));
  otherTab(tokens("anna", 2));
  expect(await idToken(false)).toBe(idOf("anna", 2));
  otherTab({ ended: true });
  expect(session()).toBe("ended");
  otherTab(tokens("anna", 3));
  expect(session()).toBe("in");
  expect(assign).not.toHaveBeenCalled();
});

test.each([[null], [tokens("bence")]])("another tab's %j starts this one anew", async (value) => {
  const { begin } = await tab();
  begin(tokens("anna"));
  otherTab(value);
  expect(assign).toHaveBeenCalledWith("/");
});

test("somebody else in place of whose session ended starts anew", async () => {
  const { begin, end } = await tab();
  begin(tokens("anna"));
  end();
  begin(tokens("bence"));
  expect(assign).toHaveBeenCalledWith("/");
  expect((await tab()).emailOf()).toBe("bence@example.com");
});

test("who signed out while a token was renewed stays signed out", async () => {
  const { begin, idToken, session, signOut } = await tab();
  begin(tokens("anna"));
  let answer: (value: Response) => void = () => undefined;
  fetched.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const asked = idToken(true);
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2));
  signOut();
  answer(renewed("anna"));
  expect(await asked).toBeNull();
  expect(session()).toBe("out");
});
