import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { comeBack, goTo } from "@/features/session/api/provider";

const startAt = vi.hoisted(() => vi.fn());
const signInFrom = vi.hoisted(() => vi.fn());
vi.mock("@/features/session/api/identity", async (original) => ({
  ...(await original<object>()),
  startAt,
  signInFrom,
}));

const assign = vi.fn();
const there = "https://sso.brand.example/authorize?client_id=sellin&state=s1";
const back = (query: string) => `https://eu.sellin.example/sign-in${query}`;
const refusal = { code: "INVALID_IDP_RESPONSE" };

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
  vi.stubGlobal("location", {
    assign,
    origin: "https://eu.sellin.example",
    pathname: "/carts/7",
    search: "?a=1",
  });
  startAt.mockResolvedValue({ authUri: there, sessionId: "session" });
  signInFrom.mockResolvedValue("tokens");
});

afterEach(() => vi.unstubAllGlobals());

test("who leaves for a provider comes back to where they were", async () => {
  await goTo("oidc.brand");
  expect(startAt).toHaveBeenCalledWith("oidc.brand", "https://eu.sellin.example/sign-in");
  expect(assign).toHaveBeenCalledWith(there);
  const address = back("?code=c&state=s1");
  expect(await comeBack(address)).toEqual({ tokens: "tokens", to: "/carts/7?a=1" });
  expect(signInFrom).toHaveBeenCalledWith(address, "session");
});

test("an answer in the fragment is one, too", async () => {
  await goTo("oidc.brand");
  await expect(comeBack(back("#id_token=t&state=s1"))).resolves.toBeTruthy();
});

test.each([back("?code=c&state=other"), back("?code=c"), back("")])(
  "%s is nobody's answer",
  async (address) => {
    await goTo("oidc.brand");
    await expect(comeBack(address)).rejects.toMatchObject(refusal);
    expect(signInFrom).not.toHaveBeenCalled();
  },
);

test("an answer is good once, and only where somebody asked", async () => {
  await expect(comeBack(back("?code=c&state=s1"))).rejects.toMatchObject(refusal);
  await goTo("oidc.brand");
  await comeBack(back("?code=c&state=s1"));
  await expect(comeBack(back("?code=c&state=s1"))).rejects.toMatchObject(refusal);
});

test.each(["javascript:alert(1)//?state=s", "https://sso.brand.example/authorize"])(
  "nobody is sent to %s",
  async (authUri) => {
    startAt.mockResolvedValue({ authUri, sessionId: "session" });
    await expect(goTo("oidc.brand")).rejects.toMatchObject(refusal);
    expect(assign).not.toHaveBeenCalled();
  },
);
