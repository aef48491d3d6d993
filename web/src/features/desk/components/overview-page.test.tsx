import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Circuit, Family } from "@/features/desk/api/queries";
import { OverviewPage } from "@/features/desk/components/overview-page";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const MESSAGES = "/v1/operations/messages";
const RELEASE = "/v1/operations/circuit/release";

const closed: Circuit = {
  system: "ECPCLNT100",
  state: "closed",
  since: null,
  reason: "",
  failures: 0,
  retry_at: null,
  released_by: "",
  released_at: null,
};

const stock: Family = {
  family: "stock",
  received: 12,
  applied: 7,
  unchanged: 1,
  stale: 2,
  duplicate: 0,
  conflict: 0,
  ignored: 0,
  waiting: 1,
  quarantined: 1,
  longest_lag: 31,
  latest: 0,
  heard: 0,
  silent_since: null,
  latest_at: "2026-11-27T07:00:00Z",
  lag: 7_300,
};

const day = (named: string, families: Family[]) => ({
  day: named,
  families,
  open: 3,
  waiting: 0,
  old: 0,
});

function open(circuit: Partial<Circuit> = {}) {
  const asked = answering({
    "/v1/operations/healthz": {},
    "/v1/operations/circuit": { ...closed, ...circuit },
    [RELEASE]: closed,
    [MESSAGES]: (query: URLSearchParams) =>
      query.get("day")
        ? day(query.get("day")!, [{ ...stock, received: 99, lag: null }])
        : day("2026-11-27", [stock]),
  });
  return { ...showPage("/desk", OverviewPage, "/desk"), asked };
}

test("each family has its counters, how late it is now and was at most", async () => {
  const { container } = open();
  const row = await screen.findByRole("row", { name: /stock/ });
  const cells = within(row)
    .getAllByRole("cell")
    .map((cell) => cell.textContent);
  expect(cells.slice(0, 11)).toEqual([
    "12",
    "7",
    "1",
    "2",
    "0",
    "0",
    "0",
    "1",
    "1",
    "2 hr",
    "31 sec",
  ]);
  expect(screen.getByText("3 messages are in quarantine.")).toBeTruthy();
  await expectAccessible(container);
});

test("another day is shown, of which nobody says how late it is now", async () => {
  open();
  fireEvent.change(await screen.findByLabelText("Day (UTC)"), { target: { value: "2026-11-20" } });
  const row = within((await screen.findByText("99")).closest("tr")!);
  expect(row.queryByText("2 hr")).toBeNull();
});

test("SAP is called again when somebody says so", async () => {
  const { asked } = open({
    state: "stopped",
    since: "2026-11-27T07:00:00Z",
    reason: "password expired",
  });
  await screen.findByText("password expired");
  await userEvent.click(screen.getByRole("button", { name: "Call SAP again" }));
  await vi.waitFor(() => expect(asked).toContain(RELEASE));
});
