import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { OrderView } from "@/features/desk/api/queries";
import { HandoverPage } from "@/features/desk/components/order-page";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const PATH = "/v1/operations/orders/A1-001";

const waiting: OrderView = {
  number: "A1-001",
  company: "100001",
  door: "Sporthaus Lindenau",
  po_number: "PO 4711",
  purchase_order: "A1-001/PO 4711",
  placed_at: "2026-11-27T08:00:00Z",
  placed_by: "Anna Vogel",
  sap_number: null,
  external_number: null,
  status: "accepted",
  holds: [],
  rejections: [],
  handover: {
    state: "waiting",
    in_doubt: false,
    due_at: "2026-11-27T08:00:30Z",
    lease_until: null,
    attempts: [
      {
        at: "2026-11-27T08:00:01Z",
        ended_at: "2026-11-27T08:00:02.500Z",
        outcome: "failed",
        detail: "locked by ANNA",
        answered: true,
        ruled_out_by: "",
        ruled_out_at: null,
      },
    ],
    forgotten: 0,
    parked: null,
    decisions: [],
  },
  change: null,
  may_retry: false,
  may_resend: false,
  may_accept: false,
  may_reject: false,
  may_park: false,
  may_cancel: false,
};

const closed = { system: "ECPCLNT100", state: "closed", since: null, reason: "" };

function open(shown: Partial<OrderView> = {}, circuit: object = closed) {
  const answer = { ...waiting, ...shown };
  const actions = ["retry", "resend", "accept", "reject", "park", "cancel"];
  const asked = answering({
    "/v1/operations/healthz": {},
    "/v1/operations/circuit": circuit,
    [PATH]: answer,
    ...Object.fromEntries(actions.map((action) => [`${PATH}/${action}`, answer])),
  });
  return { ...showPage("/desk/orders/$number", HandoverPage, "/desk/orders/A1-001"), asked };
}

test("each attempt is told with how long it took and what SAP said", async () => {
  const { container } = open();
  const row = await screen.findByRole("row", { name: /locked by ANNA/ });
  expect(within(row).getByText("1.5 sec")).toBeTruthy();
  expect(within(row).getByText("Failed")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
  await expectAccessible(container);
});

test("an order that waits is tried at once, without a question", async () => {
  const { asked } = open({ may_retry: true });
  await userEvent.click(await screen.findByRole("button", { name: "Try now" }));
  await vi.waitFor(() => expect(asked).toContain(`${PATH}/retry`));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  ["Send again", "resend", "may_resend", /sent to SAP once more/],
  ["Accept SAP's price", "accept", "may_accept", /stays in SAP at SAP's price/],
  ["Park", "park", "may_park", /not sent to SAP before/],
  ["Reject", "reject", "may_reject", /The customer reads this reason/],
  ["Cancel the order", "cancel", "may_cancel", /not sent to SAP any more/],
] as const)(
  "%s asks for a reason, and for nothing without one",
  async (name, action, may, hint) => {
    const { asked } = open({ [may]: true });
    await userEvent.click(await screen.findByRole("button", { name }));
    const dialog = within(screen.getByRole("dialog"));
    expect(dialog.getByText(hint)).toBeTruthy();
    const confirm = dialog.getByRole("button", { name });
    expect(confirm.hasAttribute("disabled")).toBe(true);
    await userEvent.type(dialog.getByLabelText("Reason"), "As agreed");
    await userEvent.click(confirm);
    await vi.waitFor(() => expect(asked).toContain(`${PATH}/${action}`));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  },
);

test("who looks at an order in doubt is told to look in SAP first", async () => {
  open({ may_resend: true, handover: { ...waiting.handover, in_doubt: true } });
  await screen.findByRole("heading", { name: "Hand-over: In doubt" });
  await userEvent.click(screen.getByRole("button", { name: "Send again" }));
  expect(screen.getByText(/Only after you have looked in SAP/)).toBeTruthy();
});

test("an order that SAP has is cancelled there", async () => {
  open({ may_cancel: true, sap_number: "16023", status: "confirmed" });
  await userEvent.click(await screen.findByRole("button", { name: "Cancel the order" }));
  expect(screen.getByText(/SAP is told to cancel the order/)).toBeTruthy();
});

test("what is parked says why and who decided what", async () => {
  const parked = {
    reason: "by_person",
    at: "2026-11-27T09:00:00Z",
    positions: [],
    detail: "The customer is moving",
    agreed: null,
    in_sap: null,
  } as const;
  const decision = {
    at: "2026-11-27T09:00:00Z",
    by: "Maria Costa",
    by_kind: "brand",
    decision: "park",
    about: "by_person",
    reason: "The customer is moving",
  } as const;
  open({
    may_resend: true,
    handover: {
      ...waiting.handover,
      state: "parked",
      parked: { ...parked, positions: [] },
      decisions: [decision],
    },
  });
  await screen.findByText(/Waits for a decision since/);
  expect(screen.getByText(/Maria Costa, .*: Parked/).textContent).toContain("Parked at the desk");
});

test("an order that waits because SAP is not called says so", async () => {
  const stopped = { ...closed, state: "stopped", since: "2026-11-27T07:00:00Z" };
  open({ may_retry: true }, stopped);
  await screen.findByText(/What waits is not sent: ECPCLNT100 refuses our log-on/);
  await screen.findByRole("heading", { name: "Hand-over: Waiting, since SAP refuses our log-on" });
});

test("attempts that are kept no longer are counted", async () => {
  open({ handover: { ...waiting.handover, forgotten: 312 } });
  await screen.findByText(/312 earlier ones failed and are kept no longer/);
});
