import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Difference } from "@/features/desk/api/queries";
import { DifferencePage } from "@/features/desk/components/difference-page";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const PATH = "/v1/operations/differences/A1-001";

const one: Difference = {
  order: "A1-001",
  family: "orders",
  as_of: "",
  company: "100001",
  sap_numbers: ["16023"],
  kinds: ["lines"],
  rows: [{ position: 10, field: "quantity", ours: "12", saps: "7" }],
  row_count: 1,
  state: "parked",
  found_at: "2026-11-27T01:31:00Z",
  seen_at: "2026-11-27T01:41:00Z",
  run: "20261127-012916-5875",
  note: "",
  decisions: [],
  choices: ["settle", "take"],
};

function open(shown: Partial<Difference> = {}) {
  const answer = { ...one, ...shown };
  const asked = answering({
    "/v1/operations/healthz": {},
    [PATH]: answer,
    [`${PATH}/take`]: answer,
  });
  return {
    ...showPage("/desk/differences/$number", DifferencePage, "/desk/differences/A1-001"),
    asked,
  };
}

test("both sides are told, and SAP's is taken over only with a reason", async () => {
  const { asked, container } = open();
  const row = await screen.findByRole("row", { name: /Quantity/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["10", "12", "7"]);
  await expectAccessible(container);
  await userEvent.click(screen.getByRole("button", { name: "Take SAP's over" }));
  const dialog = within(screen.getByRole("dialog"));
  const confirm = dialog.getByRole("button", { name: "Take SAP's over" });
  expect(confirm.hasAttribute("disabled")).toBe(true);
  await userEvent.type(dialog.getByLabelText("Reason"), "Looked in SAP");
  await userEvent.click(confirm);
  await vi.waitFor(() => expect(asked).toContain(`${PATH}/take`));
});

test("where nothing can be decided and no value differs there are neither buttons nor a table", async () => {
  open({ state: "mending", kinds: ["unconfirmed"], rows: [], row_count: 0, choices: [] });
  await screen.findByText("Being mended");
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("table")).toBeNull();
});
