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

test.each([new Problem(503, {}), new Problem(429, {}), new Unreachable()])(
  "what may pass can be tried again",
  (error) => {
    failed(error);
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  },
);
