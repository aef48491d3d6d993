import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { getChosenCompany } from "@/features/session/api/chosen-company";
import { CustomersPage } from "@/features/session/components/customers-page";
import type { Scope } from "@/shared/scope";
import { type Answers, answering, showPage, SCOPE } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

const of = (id: string, name: string, role: "rep" | "buyer" = "rep") => ({ id, name, role });

const NOTHING = { items: [], next: null };

function open(companies: Scope["me"]["companies"], answers: Answers = {}) {
  answering({ "/v1/carts/customers/counts": NOTHING, "/v1/orders/customers": NOTHING, ...answers });
  const me = { ...SCOPE.me, companies };
  const page = showPage("/customers", CustomersPage, "/customers", undefined, { me });
  return { ...page, user: userEvent.setup() };
}

const names = () =>
  screen.queryAllByRole("listitem").map((row) => row.querySelector("strong")!.textContent);

test("customers are found by name and number, and one is acted for", async () => {
  const { user, router, container } = open([
    of("100001", "Sporthaus Lindenau"),
    of("100002", "Ökosport"),
    of("100003", "Alpin AG"),
    of("100004", "Own shop", "buyer"),
  ]);
  await screen.findByRole("heading", { name: "Your customers" });
  expect(names()).toEqual(["Alpin AG", "Ökosport", "Sporthaus Lindenau"]);
  await expectAccessible(container);
  const search = screen.getByRole("searchbox", { name: "Name or number" });
  await user.type(search, "0003");
  expect(names()).toEqual(["Alpin AG"]);
  await user.clear(search);
  await user.type(search, "oko");
  expect(names()).toEqual(["Ökosport"]);
  await user.click(screen.getByRole("button", { name: "Act for Ökosport" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/catalog"));
  expect(getChosenCompany()).toBe("100002");
});

const carts = (company: string, open: number, in_preparation = 0, handed_over = 0) => ({
  company,
  open,
  in_preparation,
  handed_over,
});

/** Two pages of the same list. */
const inPages = (first: object, second: object) => (query: URLSearchParams) =>
  query.get("cursor") === "2" ? { items: [second], next: null } : { items: [first], next: "2" };

test("each customer's open carts are told, and who needs attention", async () => {
  const { user, router, container } = open(
    [of("100001", "Sporthaus Lindenau"), of("100002", "Ökosport"), of("100003", "Alpin AG")],
    { "/v1/carts/customers/counts": inPages(carts("100001", 4, 2, 1), carts("100002", 1)) },
  );
  const row = async (name: string) =>
    within((await screen.findByText(name, { selector: "strong" })).closest("li")!);
  const busy = await row("Sporthaus Lindenau");
  await busy.findByRole("button", { name: "Open carts: 4" });
  await (await row("Ökosport")).findByRole("button", { name: "Open carts: 1" });
  (await row("Alpin AG")).getByText("Nothing open");
  busy.getByRole("button", { name: "In preparation: 2" });
  await expectAccessible(container);
  await user.click(screen.getByRole("checkbox", { name: "Needs attention" }));
  expect(names()).toEqual(["Sporthaus Lindenau"]);
  await user.click(busy.getByRole("button", { name: "Handed over, not ordered yet: 1" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/carts"));
  expect(getChosenCompany()).toBe("100001");
});

test("orders in trouble, windows about to close and the season before are told", async () => {
  const orders = {
    company: "100001",
    trouble: { pending_approval: 1, on_hold: 2, rejected: 3, parked: 4 },
    season_gap: { before: "FW26", current: "SS27" },
    closing: [
      {
        id: "SS27-1",
        kind: "pre_book",
        season: "SS27",
        ship_from: "2027-02-01",
        ship_to: "2027-02-28",
        cut_off: "2026-12-01",
      },
    ],
  };
  const { user, router, container } = open([of("100001", "Sporthaus Lindenau")], {
    "/v1/orders/customers": { items: [orders], next: null },
  });
  await screen.findByRole("button", { name: "Orders on hold: 2" });
  screen.getByRole("button", { name: "Orders waiting for approval: 1" });
  screen.getByRole("button", { name: "Orders that wait for us: 4" });
  screen.getByRole("button", { name: "Ordered FW26, nothing for SS27 yet" });
  screen.getByRole("button", { name: /^No order for SS27-1 .*, open until .*2026/ });
  await expectAccessible(container);
  await user.click(screen.getByRole("checkbox", { name: "Needs attention" }));
  expect(names()).toEqual(["Sporthaus Lindenau"]);
  await user.click(screen.getByRole("button", { name: "Orders rejected in the last 30 days: 3" }));
  await waitFor(() => expect(router.state.location.href).toBe("/orders?status=rejected"));
});

test("figures that can't be had are told, and the customers are there all the same", async () => {
  open([of("100001", "Sporthaus Lindenau")], {
    "/v1/carts/customers/counts": Response.json({ code: "x", detail: "Broken" }, { status: 500 }),
  });
  await screen.findByRole("alert");
  screen.getByRole("button", { name: "Act for Sporthaus Lindenau" });
});

test("of 500 customers the first are shown, and how many there are", async () => {
  open(Array.from({ length: 500 }, (_, i) => of(`${200000 + i}`, `Shop ${i}`)));
  expect(await screen.findByText("100 of 500")).toBeTruthy();
  expect(names()).toHaveLength(100);
});

test("who is no rep reads that", async () => {
  open([of("100001", "Sporthaus Lindenau", "buyer")]);
  expect(await screen.findByText("You act for no company as a sales rep.")).toBeTruthy();
});
