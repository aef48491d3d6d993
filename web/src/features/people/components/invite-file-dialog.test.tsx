import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { PeoplePage } from "@/features/people/components/people-page";
import { setRequestContext } from "@/api/client";
import { pathOf, stubFetch } from "@/testing/fetch";
import { showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const UPLOAD = "/v1/accounts/company/invitation-files";
const row = (number: number, more: object = {}) => ({
  row: number,
  email: `p${number}@laeufer.example`,
  name: `Person ${number}`,
  role: "buyer",
  faults: [],
  ...more,
});
const rows = [row(2), row(3, { role: null, faults: ["The name is missing.", "No role."] })];

test("a file is previewed, and then its good rows are invited", async () => {
  const sent: { path: string; key: string | null; type: string | null }[] = [];
  setRequestContext({ token: async () => "t", company: () => "100001", locale: () => "en" });
  stubFetch(async (request) => {
    const path = pathOf(request);
    if (!path.startsWith(UPLOAD)) return Response.json({ items: [], next: null });
    const { headers } = request;
    sent.push({ path, key: headers.get("Idempotency-Key"), type: headers.get("Content-Type") });
    return Response.json({ preview: path.endsWith("true"), invited: 1, refused: 1, rows });
  });
  const { container } = showPage("/company/people", PeoplePage, "/company/people");
  await userEvent.click(await screen.findByRole("button", { name: "Invite by a file" }));
  const dialog = within(await screen.findByRole("dialog"));
  const file = new File(["E-mail;Name;Role"], "people.csv", { type: "text/csv" });
  await userEvent.upload(dialog.getByLabelText("File of people"), file);
  expect(await dialog.findByText("The name is missing. No role.")).toBeTruthy();
  expect(dialog.getByText("1 row is left out.")).toBeTruthy();
  await expectAccessible(container);
  await userEvent.click(dialog.getByRole("button", { name: "Invite 1 person" }));
  expect(await dialog.findByText("1 person is invited.")).toBeTruthy();
  expect(sent.map(({ path }) => path)).toEqual([
    `${UPLOAD}?preview=true`,
    `${UPLOAD}?preview=false`,
  ]);
  expect(sent[0]!.key).toBe(sent[1]!.key);
  expect(sent[0]!.type).toBe("text/csv");
});
