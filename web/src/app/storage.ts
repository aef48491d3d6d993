/**
 * Where a browser refuses storage (cookies blocked, a private window that is full), the portal
 * works on in memory until it is closed, instead of not starting.
 */

/** A storage that nothing outlives. */
export class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();

  get length() {
    return this.#items.size;
  }
  clear() {
    this.#items.clear();
  }
  getItem(key: string) {
    return this.#items.get(key) ?? null;
  }
  key(index: number) {
    return [...this.#items.keys()][index] ?? null;
  }
  removeItem(key: string) {
    this.#items.delete(key);
  }
  setItem(key: string, value: string) {
    this.#items.set(key, value);
  }
}

/** Puts a storage in memory in the place of each that can't be written to. */
export function replaceRefusedStorage(host: Window = window): void {
  for (const name of ["localStorage", "sessionStorage"] as const) {
    if (!isWritable(host, name)) {
      Object.defineProperty(host, name, { value: new MemoryStorage(), configurable: true });
    }
  }
}

const PROBE = "sellin.probe";

function isWritable(host: Window, name: "localStorage" | "sessionStorage"): boolean {
  try {
    // Reading the property alone may throw.
    host[name].setItem(PROBE, "");
    host[name].removeItem(PROBE);
    return true;
  } catch {
    return false;
  }
}

replaceRefusedStorage();
