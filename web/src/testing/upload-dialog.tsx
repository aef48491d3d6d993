import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";
import { setRequestContext } from "@/api/client";
import type { UploadResult, UploadRow } from "@/features/carts/api/upload-file";
import { UploadDialog } from "@/features/carts/components/upload-dialog";
import type { Cart } from "@/shared/cart/types";
import { ScopeContext } from "@/shared/scope";
import { cartOf } from "@/testing/carts";
import { stubFetch } from "@/testing/fetch";
import { openCart } from "@/testing/open-cart";
import { SCOPE } from "@/testing/page";
import { show } from "@/testing/render";

const DOORS = [{ id: "1", name: "Door 1", blocked: false }] as unknown as typeof SCOPE.doors;

export function row(number: number, change: Partial<UploadRow> = {}): UploadRow {
  const cell = { sku: "10123-010-M", door: "1", window: "AO", quantity: 6 };
  return {
    row: number,
    sheet: null,
    outcome: "taken",
    article: "10123-010-M",
    ...cell,
    notes: [],
    question: null,
    ...change,
  };
}

export const refusedRow = (number: number) =>
  row(number, {
    outcome: "refused",
    article: "99999-1-M",
    sku: null,
    quantity: null,
    notes: [{ code: "unknown_article", detail: `No such article in ${number}.` }],
  });

export function resultOf(rows: UploadRow[]): UploadResult {
  const count = (outcome: string) => rows.filter((each) => each.outcome === outcome).length;
  const refused = count("refused");
  return {
    cart: cartOf(2, [{ sku: "10123-010-M", door: "1", window: "AO", quantity: 6 }]),
    taken: count("taken"),
    changed: count("changed"),
    refused,
    lines: 1,
    pieces: 6,
    rows,
    notes: [],
    letters: [],
    headers: [],
    refused_rows: refused
      ? { name: "Refused rows.csv", media_type: "text/csv", content: btoa("a;b") }
      : null,
  };
}

/** The cart as the service has it. */
export const served = { cart: cartOf(1) };

/** Answers uploads one after the other; tells which were sent. */
export function uploads(...answers: Response[]): Request[] {
  const sent: Request[] = [];
  served.cart = cartOf(1);
  stubFetch((request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/upload")) {
      sent.push(request);
      return answers.shift() ?? Response.error();
    }
    if (pathname === "/v1/carts/c1") return Response.json(served.cart);
    return Response.json({ lines: [], windows: [], status: "ok" });
  });
  return sent;
}

export function opened(cart = cartOf(1)) {
  const client = new QueryClient();
  client.setQueryData(["100001", "cart", cart.id], cart);
  const onClose = vi.fn();
  const user = userEvent.setup({ applyAccept: false });
  const shown = show(
    <QueryClientProvider client={client}>
      <ScopeContext value={{ ...SCOPE, doors: DOORS }}>
        <UploadDialog open={openCart(cart)} onClose={onClose} />
      </ScopeContext>
    </QueryClientProvider>,
  );
  const choose = async (file: File) => {
    const input = document.querySelector<HTMLInputElement>("input[type=file]")!;
    await user.upload(input, file);
  };
  const look = () => user.click(screen.getByRole("button", { name: "Preview" }));
  const take = async () =>
    user.click(await screen.findByRole("button", { name: "Put into the cart" }));
  const kept = () => client.getQueryData<Cart>(["100001", "cart", cart.id]);
  return { ...shown, user, choose, look, take, kept, onClose };
}

export const csv = () =>
  new File(["sku;qty\n10123-010-M;6\n"], "order.csv", { type: "application/vnd.ms-excel" });

/** Requests are Anna's, for her company. */
export const asAnna = () =>
  setRequestContext({
    token: async () => "t",
    company: () => "100001",
    locale: () => "en",
  });

/** What a service answers to a preview of `rows`: the cart stays as it is. */
export const previewOf = (rows: UploadRow[], cart = cartOf(1)) =>
  Response.json({ ...resultOf(rows), cart });
