import type { Storing } from "@/shared/cart/kept-edits";
import type { Place } from "@/features/carts/components/quick-order";

/** A scan that was not looked up yet, and where its pieces go. */
export interface Scanned {
  id: string;
  code: string;
  pieces: number;
  place: Place;
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

  function all(): Scanned[] {
    try {
      return JSON.parse(storage.getItem(name) ?? "[]") as Scanned[];
    } catch {
      return [];
    }
  }

  function write(scans: Scanned[]): void {
    if (scans.length) storage.setItem(name, JSON.stringify(scans));
    else storage.removeItem(name);
  }

  function add(scan: Omit<Scanned, "id">): Scanned {
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
