import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Problem, Unreachable } from "@/api/problem";
import { show } from "@/testing/render";
import { FailedPage } from "@/ui/failed-page";

const failed = (error: unknown) =>
  show(<FailedPage error={error} onRetry={() => undefined} back={<a href="/orders">Orders</a>} />);

test.each([400, 403, 404, 422])("what is refused with %i is not to be asked again", (status) => {
  failed(new Problem(status, { code: "x", detail: "This order does not exist." }));
  expect(screen.getByRole("alert").textContent).toBe("This order does not exist.");
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByRole("link", { name: "Orders" })).toBeTruthy();
});

test("who is stopped by the firewall, which gives no words, is told when to try again", () => {
  failed(new Problem(429, "<html>Too Many Requests</html>"));
  expect(screen.getByRole("alert").textContent).toContain("try again in a minute");
});

test.each([new Problem(503, {}), new Problem(429, {}), new Unreachable()])(
  "what may pass can be tried again",
  (error) => {
    failed(error);
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  },
);
