import type { Storing } from "@/shared/cart/kept-edits";
import type { DeliveryKey } from "@/shared/cart/types";

/** A scan that was not looked up yet. */
export interface WaitingScan {
  id: string;
  code: string;
  pieces: number;
  /** The delivery that they are for; scans that wait on a device have it by this name. */
  place: DeliveryKey;
}

export type WaitingScans = ReturnType<typeof waitingScans>;

/**
 * Keeps scans until they are looked up, by person, company and cart, so that a page that is
 * closed while the network is cut takes none away. Each is taken once, whatever tabs are open.
 */
export function waitingScans(
  storage: Storing,
  of: [person: string, company: string, cart: string],
) {
  const name = `sellin.scans.${of.join(".")}`;
  /** Those that could not be kept. */
  const unkept = new Set<string>();

  function all(): WaitingScan[] {
    try {
      return JSON.parse(storage.getItem(name) ?? "[]") as WaitingScan[];
    } catch {
      return [];
    }
  }

  function write(scans: WaitingScan[]): void {
    if (scans.length) storage.setItem(name, JSON.stringify(scans));
    else storage.removeItem(name);
  }

  function add(scan: Omit<WaitingScan, "id">): WaitingScan {
    const added = { ...scan, id: crypto.randomUUID() };
    try {
      write([...all(), added]);
    } catch {
      // A full or forbidden storage must not keep anybody from scanning.
      unkept.add(added.id);
    }
    return added;
  }

  /** Whether the scan was still waiting; it does not any more. */
  function take(id: string): boolean {
    if (unkept.delete(id)) return true;
    const scans = all();
    const left = scans.filter((scan) => scan.id !== id);
    if (left.length < scans.length) write(left);
    return left.length < scans.length;
  }

  return { all, add, take };
}
