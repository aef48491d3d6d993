import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idToken, isSignedIn, sendReset, signIn, SignInRefused, signOut } from "./identity";

const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
  vi.useFakeTimers();
});

afterEach(() => {
  signOut();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const signedIn = { idToken: "first", refreshToken: "r", expiresIn: "3600" };
const renewed = { id_token: "second", refresh_token: "r2", expires_in: "3600" };

test("a token is used until shortly before its end, then renewed once for all who ask", async () => {
  fetched.mockResolvedValueOnce(Response.json(signedIn));
  await signIn("anna@example.com", "secret");
  expect(await idToken(false)).toBe("first");
  vi.advanceTimersByTime(3_590_000);
  fetched.mockResolvedValueOnce(Response.json(renewed));
  expect(await Promise.all([idToken(false), idToken(false)])).toEqual(["second", "second"]);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("a wrong password is told by its code and signs nobody in", async () => {
  const body = { error: { message: "INVALID_LOGIN_CREDENTIALS" } };
  fetched.mockResolvedValueOnce(Response.json(body, { status: 400 }));
  const error = await signIn("anna@example.com", "x").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SignInRefused);
  expect((error as SignInRefused).code).toBe("INVALID_LOGIN_CREDENTIALS");
  expect(isSignedIn()).toBe(false);
});

test("who can't renew is signed out", async () => {
  fetched.mockResolvedValueOnce(Response.json(signedIn));
  await signIn("anna@example.com", "secret");
  const body = { error: { message: "TOKEN_EXPIRED" } };
  fetched.mockResolvedValueOnce(Response.json(body, { status: 400 }));
  expect(await idToken(true)).toBeNull();
  expect(isSignedIn()).toBe(false);
});

test("a cut network while renewing signs nobody out", async () => {
  fetched.mockResolvedValueOnce(Response.json(signedIn));
  await signIn("anna@example.com", "secret");
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(idToken(true)).rejects.toThrow();
  expect(isSignedIn()).toBe(true);
});

test("a reset does not tell whether there is such an account", async () => {
  const body = { error: { message: "EMAIL_NOT_FOUND" } };
  fetched.mockResolvedValueOnce(Response.json(body, { status: 400 }));
  await expect(sendReset("nobody@example.com", "de")).resolves.toBeUndefined();
});
