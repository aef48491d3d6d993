import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ResetPage } from "@/features/session/components/reset-page";
import { expectAccessible, show } from "@/testing/render";

const readReset = vi.hoisted(() => vi.fn());
const resetPassword = vi.hoisted(() => vi.fn());
vi.mock("@/features/session/api/identity", async (original) => ({
  ...(await original<object>()),
  readReset,
  resetPassword,
}));

const { SignInRefused } = await import("@/features/session/api/identity");

function open(search: string) {
  window.history.replaceState(null, "", `/reset${search}`);
  return show(
    <QueryClientProvider client={new QueryClient()}>
      <ResetPage />
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  vi.resetAllMocks();
  readReset.mockResolvedValue("anna@example.com");
});

afterEach(() => window.history.replaceState(null, "", "/"));

test("who has the link chooses a new password", async () => {
  const { container } = open("?mode=resetPassword&oobCode=c1");
  await userEvent.type(await screen.findByLabelText("New password"), "a very long one{Enter}");
  expect(resetPassword).toHaveBeenCalledWith("c1", "a very long one");
  expect(await screen.findByText(/is changed/)).toBeTruthy();
  await expectAccessible(container);
});

test.each([
  ["EXPIRED_OOB_CODE", /too old/],
  ["INVALID_OOB_CODE", /used already/],
])("a link with %s is told", async (code, text) => {
  readReset.mockRejectedValue(new SignInRefused(code));
  open("?mode=resetPassword&oobCode=c1");
  expect((await screen.findByRole("alert")).textContent).toMatch(text);
  expect(screen.queryByLabelText("New password")).toBeNull();
});

test("a weak password is told, and another one can be entered", async () => {
  resetPassword.mockRejectedValueOnce(new SignInRefused("WEAK_PASSWORD"));
  open("?mode=resetPassword&oobCode=c1");
  await userEvent.type(await screen.findByLabelText("New password"), "password{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("too easy");
  expect(screen.getByLabelText("New password")).toHaveProperty("value", "password");
});

test("a link for something else is no link for a password", async () => {
  readReset.mockRejectedValue(new SignInRefused("INVALID_OOB_CODE"));
  open("?mode=verifyEmail&oobCode=c1");
  await screen.findByRole("alert");
  expect(readReset).toHaveBeenCalledWith("");
});
