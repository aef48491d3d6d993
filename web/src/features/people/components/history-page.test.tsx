import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { HistoryPage } from "@/features/people/components/history-page";
import { historySearch } from "@/features/people/search";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const AUDIT = "/v1/accounts/company/audit";
const decision = {
  at: "2026-11-02T10:00:00Z",
  by: "Ada Kern",
  by_kind: "person",
  action: "change_person",
  about: "Ben Gast",
  before: "Views only",
  after: "Views and orders",
};

test("decisions are shown, searched and downloaded", async () => {
  const asked = answering({ [AUDIT]: { items: [decision], next: null }, [`${AUDIT}.csv`]: {} });
  const { container } = showPage("/company/audit", HistoryPage, "/company/audit");
  expect(await screen.findByText("Ben Gast")).toBeTruthy();
  expect(screen.getByRole("cell", { name: "Person's role changed" })).toBeTruthy();
  await expectAccessible(container);
  await userEvent.type(screen.getByLabelText("Name or e-mail"), "ben{Enter}");
  await vi.waitFor(() => expect(asked.at(-1)).toBe(`${AUDIT}?who=ben`));
  await userEvent.selectOptions(screen.getByLabelText("Action"), "invite");
  await vi.waitFor(() => expect(asked.at(-1)).toBe(`${AUDIT}?action=invite&who=ben`));
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "", revokeObjectURL: vi.fn() }));
  await userEvent.click(screen.getByRole("button", { name: "Download as CSV" }));
  await vi.waitFor(() => expect(asked.at(-1)).toBe(`${AUDIT}.csv?action=invite&who=ben`));
});

test("an address says only what makes sense", () => {
  expect(historySearch({ action: "park", who: "", since: "2026-11-01" })).toEqual({
    since: "2026-11-01",
  });
});
