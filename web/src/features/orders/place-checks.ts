import { wholeOn } from "@/shared/cart/shortage";
import { type Cart, type CartLine, type Check, deliveryKey } from "@/shared/cart/types";
import type { DateChoices } from "@/features/orders/place-request";

type Delivery = Cart["deliveries"][number];

/** The line or delivery that a check is about; null for what is about the whole cart. */
function aboutOf(cart: Cart, check: Check) {
  const [, list, index] = /^\/(lines|deliveries)\/(\d+)/.exec(check.pointer) ?? [];
  if (list === "lines") return cart.lines[Number(index)] ?? null;
  return list ? (cart.deliveries[Number(index)] ?? null) : null;
}

/** Checks by `door\nwindow`; those of the whole cart under the empty key. */
export function checksByDelivery(cart: Cart): Map<string, Check[]> {
  const found = new Map<string, Check[]>();
  for (const check of cart.checks) {
    const about = aboutOf(cart, check);
    const key = about ? deliveryKey(about) : "";
    found.set(key, [...(found.get(key) ?? []), check]);
  }
  return found;
}

/** The line that a check is about; null for what is about a delivery or the whole cart. */
export function lineOf(cart: Cart, check: Check): CartLine | null {
  const about = aboutOf(cart, check);
  return about && "sku" in about ? about : null;
}

/** The first day that a short line can be had whole; null where none is known. */
function dayOf(cart: Cart, check: Check): string | null {
  const about = aboutOf(cart, check);
  if (check.code !== "shortage" || !about || !("quantity" in about)) return null;
  return wholeOn({ line: about, check });
}

/** The first day within its window on which all of a delivery can be had. */
export function firstDay(cart: Cart, delivery: Delivery, checks: Check[]): string | null {
  const short = checks.filter((check) => check.code === "shortage");
  const days = short.map((check) => dayOf(cart, check));
  if (!short.length || days.includes(null)) return null;
  const last = days.reduce((a, b) => (a! > b! ? a : b))!;
  return !delivery.ship_to || last <= delivery.ship_to ? last : null;
}

/** Whether a check is settled by the day that its delivery is wanted on. */
export function isSettled(cart: Cart, check: Check, dates: DateChoices): boolean {
  const about = aboutOf(cart, check);
  const wanted = about && dates[deliveryKey(about)]?.requested;
  const day = dayOf(cart, check);
  return Boolean(wanted && day && day <= wanted);
}

/** The errors that the chosen dates leave, by `door\nwindow`; those of the whole cart last. */
export function unsettled(cart: Cart, dates: DateChoices): Map<string, Check[]> {
  const left = [...checksByDelivery(cart)].flatMap(([place, checks]): [string, Check[]][] => {
    const errors = checks.filter(
      (check) => check.severity === "error" && !isSettled(cart, check, dates),
    );
    return errors.length ? [[place, errors]] : [];
  });
  return new Map(left.sort(([one], [other]) => Number(!one) - Number(!other)));
}
