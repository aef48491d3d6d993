import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { getChosenCompany } from "@/features/session/api/chosen-company";
import { CustomersPage } from "@/features/session/components/customers-page";
import type { Scope } from "@/shared/scope";
import { answering, showPage, SCOPE } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

const of = (id: string, name: string, role: "rep" | "buyer" = "rep") => ({ id, name, role });

function open(companies: Scope["me"]["companies"]) {
  answering({});
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

test("of 500 customers the first are shown, and how many there are", async () => {
  open(Array.from({ length: 500 }, (_, i) => of(`${200000 + i}`, `Shop ${i}`)));
  expect(await screen.findByText("100 of 500")).toBeTruthy();
  expect(names()).toHaveLength(100);
});

test("who is no rep reads that", async () => {
  open([of("100001", "Sporthaus Lindenau", "buyer")]);
  expect(await screen.findByText("You act for no company as a sales rep.")).toBeTruthy();
});
