import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useOrdered } from "@/features/style/ordered";
import { cartOf } from "@/testing/carts";
import { openCart } from "@/testing/open-cart";

const nothing = new Map<string, number>();
const line = { sku: "10001-00-S", door: "d", window: "AO" };

test("what is shown of a style is what its cells show, however old the cart is that was read", () => {
  const { autosave } = openCart(cartOf(8, [{ ...line, quantity: 116 }]));
  const old = { cart: cartOf(7), autosave };
  const { result } = renderHook(() => useOrdered("10001", old, nothing));
  expect(result.current).toEqual([{ ...line, quantity: 116 }]);
});

test("other styles and emptied cells are left out", () => {
  const cart = cartOf(3, [
    { ...line, quantity: 5 },
    { ...line, sku: "100010-00-S", quantity: 4 },
    { ...line, sku: "10001-111-00-S", quantity: 3 },
  ]);
  const open = openCart(cart);
  open.autosave.edit([{ ...line, quantity: 0 }]);
  const { result } = renderHook(() => useOrdered("10001", open, nothing));
  expect(result.current).toEqual([]);
});
