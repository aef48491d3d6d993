import type { components } from "@/api/schema/carts";

export type Cart = components["schemas"]["CartView"];
export type CartPage = components["schemas"]["CartPage"];
export type CartSummary = components["schemas"]["CartSummary"];
export type Delivery = Cart["deliveries"][number];
export type CartLine = components["schemas"]["LineView"];
export type Check = components["schemas"]["CheckView"];
export type LineChange = components["schemas"]["LineChange"];

/** Where a quantity stands: a SKU for a door in a delivery window. */
export interface Cell {
  sku: string;
  door: string;
  window: string;
}

/** The cell as a key; none of its parts holds a line break. */
export const cellKey = (cell: Cell) => `${cell.sku}\n${cell.door}\n${cell.window}`;

/** One of a cart's deliveries: what goes to a door in a delivery window becomes one order. */
export type DeliveryKey = Pick<Cell, "door" | "window">;

/** The delivery as a key; neither of its parts holds a line break. */
export const deliveryKey = ({ door, window }: DeliveryKey) => `${door}\n${window}`;

export function cellOf(key: string): Cell {
  const [sku = "", door = "", window = ""] = key.split("\n");
  return { sku, door, window };
}

/** Compares deliveries: door by door, and what ships first comes first. */
export function byShipDate(one: Delivery, other: Delivery): number {
  const days = [one, other].map((each) => each.ship_from ?? "");
  return one.door.localeCompare(other.door) || days[0]!.localeCompare(days[1]!);
}
