import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { QuarantineHead, QuarantineView } from "@/features/desk/api/queries";
import { EntryPage } from "@/features/desk/components/entry-page";
import { QuarantinePage } from "@/features/desk/components/quarantine-page";
import { answering, showPage } from "@/testing/page";

afterEach(() => vi.unstubAllGlobals());

const LIST = "/v1/operations/quarantine";
const REPLAYS = "/v1/operations/replays";
const ENTRY = `${LIST}/sap-prices.77.0`;

const head: QuarantineHead = {
  entry: "sap-prices.77.0",
  topic: "sap-prices",
  kind: "COND_A",
  object: "COND_A 1",
  received_at: "2026-11-27T07:00:00Z",
  size: 512,
  reasons: ["E1KONP/KBETR: held back: 0.00 EUR, was 25.00 EUR"],
  reason_count: 1,
  held_back: true,
};

const view: QuarantineView = {
  entry: head.entry,
  topic: head.topic,
  message_id: "77",
  kind: head.kind,
  number: "4711",
  object: head.object,
  place: "0",
  received_at: head.received_at,
  size: head.size,
  attributes: {},
  reasons: head.reasons,
  held_back: true,
  is_open: true,
  replayed_as: null,
  mended_by: null,
  discarded: null,
  message: { format: "json", lines: ["{}"], marks: [], cut: false },
};

function open(says: string) {
  const asked = answering({
    "/v1/operations/healthz": {},
    [LIST]: { items: [head], next: null },
    [REPLAYS]: { count: 50, more: true },
  });
  return {
    ...showPage("/desk/quarantine", QuarantinePage, `/desk/quarantine?says=${says}`),
    asked,
  };
}

test("all with a reason are replayed, and it is told that others are left", async () => {
  const { asked } = open("held");
  await userEvent.click(await screen.findByRole("button", { name: "Replay all with this reason" }));
  await screen.findByText("50 messages were replayed.");
  expect(screen.getByText("There are more of them: replay again.")).toBeTruthy();
  expect(asked).toContain(REPLAYS);
});

test("without a reason nobody replays all", async () => {
  open("");
  await screen.findByRole("link", { name: head.entry });
  expect(screen.queryByRole("button", { name: /Replay all/ })).toBeNull();
});

test("a price that is held back is released with a reason", async () => {
  const asked = answering({
    "/v1/operations/healthz": {},
    [ENTRY]: view,
    [`${ENTRY}/release`]: { ...view, is_open: false, replayed_as: "78" },
  });
  showPage("/desk/quarantine/$entry", EntryPage, `/desk/quarantine/${head.entry}`);
  await userEvent.click(await screen.findByRole("button", { name: "Release" }));
  await userEvent.type(screen.getByLabelText("Reason"), "A sample");
  await userEvent.click(screen.getAllByRole("button", { name: "Release" }).at(-1)!);
  await vi.waitFor(() => expect(asked).toContain(`${ENTRY}/release`));
});
