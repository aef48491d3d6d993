import { act, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { type OpenCart, saveLeft, useCart, useSaving } from "@/shared/cart/use-cart";
import { cartOf } from "@/testing/carts";
import { showPage } from "@/testing/page";
import { shop } from "@/testing/services";
import { styleOf } from "@/testing/styles";

afterEach(() => vi.unstubAllGlobals());

test("what a cut network kept is sent at once when it is told to be, not only at the next try", async () => {
  const answers = [new Error("cut"), undefined];
  const { served, log } = shop(cartOf(1), styleOf(["Black"], ["M"]), {
    "PATCH /v1/carts/c1/lines": () => answers.shift() ?? cartOf(2),
  });
  let open: OpenCart | undefined;
  function Page() {
    open = useCart(served.cart.id);
    return <p>{useSaving(open)?.state}</p>;
  }
  showPage("/", Page, "/");
  await screen.findByText("saved");
  act(() => open!.autosave.edit([{ sku: "10123-010-M", door: "1", window: "AO", quantity: 7 }]));
  await act(() => open!.autosave.flush());
  screen.getByText("offline");
  act(saveLeft);
  screen.getByText("saving");
  await screen.findByText("saved");
  expect(log.filter(({ method }) => method === "PATCH")).toHaveLength(2);
});
