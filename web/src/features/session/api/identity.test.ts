import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The module as a page that was loaded just now has it. */
const load = () => import("@/features/session/api/identity");

const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
const settings = {
  identity: { accounts: "https://id.example/accounts", tokens: "https://id.example/t", key: "k" },
  providers: [],
};

beforeEach(() => {
  fetched.mockReset();
  fetched.mockResolvedValueOnce(Response.json(settings));
  vi.stubGlobal("fetch", fetched);
  vi.resetModules();
});

afterEach(() => vi.unstubAllGlobals());

const refusing = (message: string) =>
  fetched.mockResolvedValueOnce(Response.json({ error: { message } }, { status: 400 }));

test("where people sign in says the installation, asked once", async () => {
  const { signIn } = await load();
  fetched.mockImplementation(async () =>
    Response.json({ idToken: "i", refreshToken: "r", expiresIn: "3600" }),
  );
  await signIn("anna@example.com", "secret");
  await signIn("anna@example.com", "secret");
  expect(fetched.mock.calls.map(([url]) => url)).toEqual([
    "/config.json",
    "https://id.example/accounts:signInWithPassword?key=k",
    "https://id.example/accounts:signInWithPassword?key=k",
  ]);
});

test("a configuration that could not be read is asked for again", async () => {
  const { signIn } = await load();
  fetched.mockReset().mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(signIn("anna@example.com", "x")).rejects.toThrow();
  fetched.mockResolvedValueOnce(Response.json(settings));
  refusing("INVALID_LOGIN_CREDENTIALS");
  await expect(signIn("anna@example.com", "x")).rejects.toMatchObject({
    code: "INVALID_LOGIN_CREDENTIALS",
  });
});

test("a reset does not tell whether there is such an account", async () => {
  const { sendReset } = await load();
  refusing("EMAIL_NOT_FOUND");
  await expect(sendReset("nobody@example.com", "de")).resolves.toBeUndefined();
});

test.each([
  [{ needConfirmation: true, idToken: "i" }, "NEED_CONFIRMATION"],
  [{ mfaPendingCredential: "c" }, "UNSUPPORTED"],
])("%j signs nobody in", async (given, code) => {
  const { signInFrom, SignInRefused } = await load();
  fetched.mockResolvedValueOnce(Response.json(given));
  const error = await signInFrom("https://sellin.example/sign-in?state=s", "session").catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(SignInRefused);
  expect(error).toMatchObject({ code });
});

test("a wrong password is told by its code", async () => {
  const { signIn } = await load();
  refusing("INVALID_LOGIN_CREDENTIALS : Wrong.");
  await expect(signIn("anna@example.com", "x")).rejects.toMatchObject({
    code: "INVALID_LOGIN_CREDENTIALS",
  });
});
