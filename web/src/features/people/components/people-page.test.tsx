import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { PeoplePage } from "@/features/people/components/people-page";
import { pathOf, stubFetch } from "@/testing/fetch";
import { setRequestContext } from "@/api/client";
import { showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const PEOPLE = "/v1/accounts/company/people";
const INVITATIONS = "/v1/accounts/company/invitations";

const person = (uid: string, name: string, more: object = {}) => ({
  uid,
  name,
  email: `${uid}@laeufer.example`,
  role: "buyer",
  suspended: false,
  since: "2026-11-02T10:00:00Z",
  let_in_by: "Ada Kern",
  is_you: false,
  etag: '"3"',
  ...more,
});

const zoe = {
  id: "i1",
  email: "zoe@laeufer.example",
  name: "Zoë Öz",
  role: "viewer",
  invited_by: "Ada Kern",
  invited_at: "2026-11-02T10:00:00Z",
  ends_at: "2026-11-16T10:00:00Z",
};

type Answer = (request: Request) => Response | undefined;

/** Shows the page; `answer` goes before what there is, and what was written is given back. */
function shown(answer: Answer = () => undefined) {
  const written: { path: string; method: string; body: unknown; match: string | null }[] = [];
  setRequestContext({ token: async () => "t", company: () => "100001", locale: () => "en" });
  stubFetch(async (request) => {
    const path = pathOf(request);
    if (request.method !== "GET") {
      const text = await request.clone().text();
      const body: unknown = text ? JSON.parse(text) : null;
      written.push({
        path,
        method: request.method,
        body,
        match: request.headers.get("If-Match"),
      });
    }
    const special = answer(request);
    if (special) return special;
    if (request.method !== "GET") return Response.json(zoe);
    if (path.startsWith(PEOPLE)) {
      const ada = person("ada", "Ada Kern", { role: "admin", is_you: true });
      const items = [ada, person("ben", "Ben Gast", { suspended: true })];
      return Response.json({ items, next: null });
    }
    return Response.json({ items: path.startsWith(INVITATIONS) ? [zoe] : [] });
  });
  return { written, ...showPage("/company/people", PeoplePage, "/company/people") };
}

const rowOf = async (name: string) =>
  within((await screen.findByText(name)).closest("li") as HTMLElement);

test("everybody is shown with what can be decided about them", async () => {
  const { container } = shown();
  const ada = await rowOf("Ada Kern");
  expect(ada.getByText("you")).toBeTruthy();
  const role = ada.getByRole("combobox", { name: "Role of Ada Kern" });
  expect((role as HTMLSelectElement).value).toBe("admin");
  const ben = await rowOf("Ben Gast");
  expect(ben.getByText("suspended")).toBeTruthy();
  expect(ben.getByRole("button", { name: "Reinstate Ben Gast" })).toBeTruthy();
  await expectAccessible(container);
});

test("a role is changed as it was seen, and a removal is asked about first", async () => {
  const { written } = shown();
  const ben = await rowOf("Ben Gast");
  const role = ben.getByRole("combobox", { name: "Role of Ben Gast" });
  await userEvent.selectOptions(role, "viewer");
  await vi.waitFor(() => expect(written).toHaveLength(1));
  expect(written[0]).toEqual({
    path: `${PEOPLE}/ben`,
    method: "PATCH",
    body: { role: "viewer" },
    match: '"3"',
  });
  await userEvent.click(ben.getByRole("button", { name: "Remove Ben Gast" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(written).toHaveLength(1);
  await userEvent.click(dialog.getByRole("button", { name: "Remove" }));
  await vi.waitFor(() => expect(written[1]?.method).toBe("DELETE"));
});

test("what the service refuses is said beside the person", async () => {
  const detail = "This is the last administrator of your company.";
  shown((request) =>
    request.method === "PATCH"
      ? Response.json({ code: "last_admin", detail }, { status: 409 })
      : undefined,
  );
  const ada = await rowOf("Ada Kern");
  await userEvent.click(ada.getByRole("button", { name: "Suspend Ada Kern" }));
  expect(await ada.findByText(detail)).toBeTruthy();
});

test("an invitation is sent once, with the words for an e-mail beside it", async () => {
  const { written } = shown();
  await userEvent.click(await screen.findByRole("button", { name: "Invite somebody" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Zoë Öz");
  await userEvent.type(dialog.getByRole("textbox", { name: "E-mail" }), "zoe@laeufer.example");
  await userEvent.selectOptions(dialog.getByRole("combobox", { name: "Role" }), "viewer");
  await userEvent.click(dialog.getByRole("button", { name: "Invite" }));
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(written.map(({ path, body }) => [path, body])).toEqual([
    [INVITATIONS, { name: "Zoë Öz", email: "zoe@laeufer.example", role: "viewer" }],
  ]);
  const letter = screen.getByRole("link", { name: "Write an e-mail to Zoë Öz" });
  const address = decodeURIComponent(letter.getAttribute("href") ?? "");
  expect(address).toContain("mailto:zoe@laeufer.example?subject=");
  expect(address).toContain("Sporthaus Lindenau invites you to order on Sellin");
});
