import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { setRequestContext } from "@/api/client";
import { ChangeOrder } from "@/features/orders/components/change-order";
import { type Scope, ScopeContext } from "@/shared/scope";
import { stubFetch } from "@/testing/fetch";
import { lineOf, orderOf } from "@/testing/orders";
import { expectAccessible, show } from "@/testing/render";

const order = orderOf([
  lineOf("010", "S", 3, 10),
  lineOf("010", "M", 2, 20),
  { ...lineOf("020", "S", 4, 30), rejected: true },
  lineOf("020", "M", 0, 40),
]);

afterEach(() => vi.unstubAllGlobals());

/** Answers every request so, and keeps what was asked. */
function answering(status: number, body: unknown) {
  const asked: { url: string; body: unknown; key: string | null }[] = [];
  setRequestContext({
    token: () => Promise.resolve("token"),
    company: () => "100001",
    locale: () => "en",
  });
  stubFetch(async (request) => {
    if (request.method !== "POST") {
      const contract = { "Sellin-Contract": `orders/${__CONTRACTS__.orders}` };
      return Response.json({}, { headers: contract });
    }
    asked.push({
      url: request.url,
      body: await request.json(),
      key: request.headers.get("Idempotency-Key"),
    });
    const type = status < 400 ? "application/json" : "application/problem+json";
    return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
  });
  return asked;
}

function edit(onEnd = vi.fn<(warnings: string[]) => void>()) {
  const shown = show(
    <QueryClientProvider client={new QueryClient()}>
      <ScopeContext value={{ me: { uid: "anna" }, company: "100001" } as unknown as Scope}>
        <ChangeOrder order={order} onEnd={onEnd} />
      </ScopeContext>
    </QueryClientProvider>,
  );
  return { onEnd, ...shown };
}

const cell = (name: string) => screen.getByRole("textbox", { name });
const save = () => screen.getByRole("button", { name: /Save the change/ });

test("the heading has the focus, ended lines take no pieces, nothing is to be saved yet", async () => {
  const { container } = edit();
  expect(document.activeElement?.textContent).toBe("Change the order");
  expect(screen.getAllByRole("textbox").length).toBe(2);
  expect(container.textContent).toContain("rejected");
  expect(container.textContent).toContain("removed");
  expect(save()).toHaveProperty("disabled", true);
  const why = screen.getByText("Nothing is changed yet. Change pieces above first.");
  expect(save().getAttribute("aria-describedby")).toBe(why.id);
  await expectAccessible(container);
  await userEvent.setup().type(cell("Black, size S"), "7");
  expect(screen.queryByText(/Nothing is changed yet/)).toBeNull();
});

test("old and new totals are told, and what each cell was", async () => {
  const user = userEvent.setup();
  edit();
  await user.clear(cell("Black, size S"));
  await user.type(cell("Black, size S"), "7");
  await user.clear(cell("Black, size M"));
  const totals = screen.getByRole("status").textContent;
  expect(totals).toContain("9 pieces");
  expect(totals).toContain("11 pieces · €275.00");
  expect(screen.getByText("was 3")).toBeTruthy();
  expect(screen.getByText("removed, was 2")).toBeTruthy();
});

test("cells are reached by arrows and Enter", async () => {
  const user = userEvent.setup();
  edit();
  await user.click(cell("Black, size S"));
  await user.keyboard("{ArrowRight}5{ArrowLeft}6");
  expect(cell("Black, size S")).toHaveProperty("value", "6");
  expect(cell("Black, size M")).toHaveProperty("value", "5");
});

test("only changed lines are sent, with the version that was seen", async () => {
  const user = userEvent.setup();
  const asked = answering(200, { ...order, version: 2, warnings: [{ detail: "Over." }] });
  const { onEnd } = edit();
  await user.type(cell("Black, size S"), "1");
  await user.click(save());
  await vi.waitFor(() => expect(onEnd).toHaveBeenCalledWith(["Over."]));
  expect(asked[0]!.url).toContain("/v1/orders/7K3Q9XZ4M2-001/change");
  expect(asked[0]!.body).toEqual({ version: 1, lines: [{ sku: "10123-010-S", quantity: 1 }] });
});

test("faults stand below their colourway, named by their cell; another try has another key", async () => {
  const user = userEvent.setup();
  const asked = answering(409, {
    code: "not_changeable",
    detail: "The order can't be changed like this.",
    checks: [
      {
        code: "shortage",
        severity: "error",
        pointer: "/lines/0/quantity",
        detail: "Only 4 left.",
        data: {},
      },
    ],
  });
  const { onEnd, container } = edit();
  await user.type(cell("Black, size S"), "9");
  await user.click(save());
  expect(await screen.findByText(/Only 4 left/)).toBeTruthy();
  expect(cell("Black, size S").getAttribute("aria-invalid")).toBe("true");
  const described = cell("Black, size S").getAttribute("aria-describedby")!.split(" ");
  expect(described.map((id) => document.getElementById(id)?.textContent).join()).toContain(
    "Only 4 left.",
  );
  await expectAccessible(container);
  await user.click(save());
  await user.type(cell("Black, size S"), "8");
  await user.click(save());
  await vi.waitFor(() => expect(asked.length).toBe(3));
  expect(asked[0]!.key).toBe(asked[1]!.key);
  expect(asked[2]!.key).not.toBe(asked[0]!.key);
  expect(onEnd).not.toHaveBeenCalled();
});
