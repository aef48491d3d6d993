import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { DoorField } from "@/shared/door-field";
import { doorsQuery, useLookedUpDoor } from "@/shared/doors";
import { ScopeContext } from "@/shared/scope";
import { answering, SCOPE } from "@/testing/page";
import { expectAccessible, show } from "@/testing/render";

const address = { street: "", postal_code: "", region: "", country: "DE" };
const door = (id: string, name: string, city: string, blocked = false) => ({
  id,
  name,
  address: { ...address, city },
  blocked,
  default: false,
});

const FIRST = [door("1", "Leipzig Mitte", "Leipzig"), door("2", "Dresden Neustadt", "Dresden")];
const OTHERS = [door("777", "Filiale 777", "Köln"), door("778", "Filiale 778", "Köln", true)];

function Field({ initial }: { initial: string }) {
  const [value, setValue] = useState(initial);
  const isLookedFor = useLookedUpDoor(value);
  return (
    <>
      <DoorField label="Deliver to" value={value} onChange={setValue} />
      <output data-testid="value">{isLookedFor ? "…" : value}</output>
    </>
  );
}

function App({ initial }: { initial: string }) {
  const { data } = useQuery(doorsQuery("100001"));
  if (!data) return null;
  return (
    <ScopeContext value={{ ...SCOPE, doors: data.items, moreDoors: data.more }}>
      <Field initial={initial} />
    </ScopeContext>
  );
}

function showField({ more, initial = "1" }: { more: boolean; initial?: string }) {
  const asked = answering({
    "/v1/accounts/company/doors": (query: URLSearchParams) => {
      const q = query.get("q");
      const found = [...FIRST, ...OTHERS].filter(
        (each) => each.id.startsWith(q!) || each.address.city.toLowerCase().startsWith(q!),
      );
      return { items: q ? found : FIRST, next: more && !q ? "2" : null };
    },
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  show(
    <QueryClientProvider client={client}>
      <App initial={initial} />
    </QueryClientProvider>,
  );
  return asked;
}

/** The field once it is loaded, with the name of the door that is chosen. */
const searchField = (name: string) =>
  waitFor(() => {
    const field = screen.getByDisplayValue(name);
    expect(field.tagName).toBe("INPUT");
    return field;
  });

test("few doors are a list, and nothing more is asked for", async () => {
  const asked = showField({ more: false });
  const field = await screen.findByRole("combobox", { name: "Deliver to" });
  expect(field.tagName).toBe("SELECT");
  expect(asked).toHaveLength(1);
});

test("of many doors one is found by its city, and those that are blocked are not offered", async () => {
  const user = userEvent.setup();
  const asked = showField({ more: true });
  const field = await searchField("Leipzig Mitte");
  await user.clear(field);
  await user.type(field, "köln");
  const option = await screen.findByRole("option", { name: /Filiale 777/ });
  expect(screen.queryByRole("option", { name: /Filiale 778/ })).toBeNull();
  await expectAccessible(document.body);
  await user.selectOptions(screen.getByRole("listbox", { name: "Deliver to" }), option);
  expect(screen.getByTestId("value").textContent).toBe("777");
  expect(await searchField("Filiale 777")).toBe(field);
  expect(asked.some((url) => url.includes("q=k%C3%B6ln"))).toBe(true);
});

test("keys alone choose a door: the first that is found, or another of the list", async () => {
  const user = userEvent.setup();
  showField({ more: true });
  const field = await searchField("Leipzig Mitte");
  await user.clear(field);
  await user.type(field, "7");
  await screen.findByRole("option", { name: /Filiale 777/ });
  await user.keyboard("{Enter}");
  expect(screen.getByTestId("value").textContent).toBe("777");
  await user.clear(field);
  await user.type(field, "dresden");
  await screen.findByRole("option", { name: /Dresden Neustadt/ });
  await user.keyboard("{ArrowDown}");
  expect(screen.getByRole("listbox")).toBe(document.activeElement);
  await user.keyboard("{Enter}");
  expect(screen.getByTestId("value").textContent).toBe("2");
});

test("the Enter that ends a letter being composed chooses nothing", async () => {
  const user = userEvent.setup();
  showField({ more: true });
  const field = await searchField("Leipzig Mitte");
  await user.clear(field);
  await user.type(field, "7");
  await screen.findByRole("option", { name: /Filiale 777/ });
  const before = screen.getByTestId("value").textContent;
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  expect(screen.getByTestId("value").textContent).toBe(before);
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => {
    expect(screen.getByTestId("value").textContent).toBe("777");
  });
});

test("nothing found is said", async () => {
  const user = userEvent.setup();
  showField({ more: true });
  const field = await searchField("Leipzig Mitte");
  await user.clear(field);
  await user.type(field, "xyz");
  await screen.findByText("No door is found.");
});

test("a door that an address names is looked up", async () => {
  const asked = showField({ more: true, initial: "777" });
  await searchField("Filiale 777");
  expect(asked.some((url) => url.includes("q=777"))).toBe(true);
});
