import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { end, isSignedIn } from "@/features/session/api/session";
import { SignIn } from "@/features/session/components/sign-in";
import { expectAccessible, show } from "@/testing/render";

const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
const settings = {
  identity: { accounts: "/accounts", tokens: "/tokens", key: "k" },
  providers: [{ id: "oidc.brand", name: "Brand" }],
};

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
    url === "/config.json" ? Promise.resolve(Response.json(settings)) : fetched(url, init),
  );
});

afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const open = () =>
  show(
    <QueryClientProvider client={new QueryClient()}>
      <SignIn language="en" />
    </QueryClientProvider>,
  );

async function enter() {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("E-mail"), "anna@example.com");
  await user.type(screen.getByLabelText("Password"), "secret{Enter}");
  return user;
}

test("who signs in by keyboard is signed in", async () => {
  fetched.mockResolvedValueOnce(
    Response.json({ idToken: "i", refreshToken: "r", expiresIn: "3600" }),
  );
  open();
  await enter();
  await vi.waitFor(() => expect(isSignedIn()).toBe(true));
  expect(JSON.parse(fetched.mock.calls[0]![1].body as string)).toMatchObject({
    email: "anna@example.com",
    password: "secret",
  });
});

test.each([
  ["INVALID_LOGIN_CREDENTIALS", "The e-mail address or the password is wrong."],
  ["USER_DISABLED", "This account is disabled."],
  ["TOO_MANY_ATTEMPTS_TRY_LATER : Wait.", "Too many attempts. Please wait a few minutes."],
])("%s is told in words", async (message, text) => {
  fetched.mockResolvedValueOnce(Response.json({ error: { message } }, { status: 400 }));
  open();
  await enter();
  expect((await screen.findByRole("alert")).textContent).toBe(text);
});

test("a cut network is told, and the entries stay", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  open();
  await enter();
  expect((await screen.findByRole("alert")).textContent).toContain("can't be reached");
  expect(screen.getByLabelText("E-mail")).toHaveProperty("value", "anna@example.com");
});

test("a forgotten password is answered the same for every address", async () => {
  fetched.mockResolvedValueOnce(
    Response.json({ error: { message: "EMAIL_NOT_FOUND" } }, { status: 400 }),
  );
  open();
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("E-mail"), "nobody@example.com");
  await user.click(screen.getByRole("button", { name: "Forgot your password?" }));
  expect(await screen.findByText(/a link is on its way/)).toBeTruthy();
});

test("a provider that can't be left for is told", async () => {
  fetched.mockResolvedValueOnce(
    Response.json({ error: { message: "OPERATION_NOT_ALLOWED : Off." } }, { status: 400 }),
  );
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Sign in with Brand" }));
  expect((await screen.findByRole("alert")).textContent).toContain("was not completed");
  expect(JSON.parse(fetched.mock.calls[0]![1].body as string)).toMatchObject({
    providerId: "oidc.brand",
  });
});

test("axe finds nothing", async () => {
  const { container } = open();
  await screen.findByRole("button", { name: "Sign in with Brand" });
  await expectAccessible(container);
});
