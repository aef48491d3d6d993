import { addressText } from "@/shared/address";
import type { DeliveryKey } from "@/shared/cart/types";

/** The door and delivery window that an address orders a style for. */
export function styleSearch(raw: Record<string, unknown>): Partial<DeliveryKey> {
  const [door, window] = [addressText(raw.door, 64), addressText(raw.window, 64)];
  return { ...(door && { door }), ...(window && { window }) };
}
