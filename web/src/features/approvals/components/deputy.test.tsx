import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { setRequestContext } from "@/api/client";
import { Deputy } from "@/features/approvals/components/deputy";
import { stubFetch } from "@/testing/fetch";
import { showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const ERIK = { name: "Erik", of_name: "Ines", since: "2026-11-22", until: "2026-11-27" };
const NONE = { mine: null, of_others: [] };

/** Shows it; what was sent is given back. */
function open(known: object, answer: () => Response) {
  const sent: unknown[] = [];
  setRequestContext({ token: async () => "t", company: () => "100001", locale: () => "en" });
  stubFetch(async (request) => {
    if (request.method === "GET") return Response.json(known);
    sent.push(await request.json());
    return answer();
  });
  return { ...showPage("/approvals", Deputy, "/approvals"), sent };
}

test("names who decides in the approver's place", async () => {
  const { sent, container } = open(NONE, () => Response.json({ mine: ERIK, of_others: [] }));
  await screen.findByText("Nobody decides in your place.");
  await userEvent.click(screen.getByRole("button", { name: "Name a deputy" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("E-mail"), "erik@example.com");
  for (const [label, value] of [
    ["From day", ERIK.since],
    ["To day", ERIK.until],
  ] as const)
    fireEvent.change(within(dialog).getByLabelText(label), { target: { value } });
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByText(/Erik decides in your place/);
  expect(sent).toEqual([
    { deputy: { email: "erik@example.com", since: ERIK.since, until: ERIK.until } },
  ]);
  await expectAccessible(container);
});

test("tells for whom the reader decides, and ends the own deputy", async () => {
  const known = { mine: ERIK, of_others: [{ ...ERIK, name: "You", of_name: "Ada" }] };
  const { sent } = open(known, () => Response.json(NONE));
  await screen.findByText(/in the place of Ada/);
  await userEvent.click(screen.getByRole("button", { name: "No deputy any more" }));
  await screen.findByText("Nobody decides in your place.");
  expect(sent).toEqual([{ deputy: null }]);
});
