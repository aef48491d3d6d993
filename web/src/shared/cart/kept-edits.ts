/** An entry that is not saved yet. */
export interface Kept {
  mine: number;
  /** What the person saw before it; null where two quantities wait to be chosen from. */
  was: number | null;
  /** What is on its way to the service, where that is something else. */
  sent?: number;
}

export type Storing = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "sellin.edits.";

/** Where a person's entries of a cart are kept; nobody else's are mixed with them. */
export const keptName = (person: string, company: string, cart: string) =>
  `${PREFIX}${person}.${company}.${cart}`;

export const isOf = (person: string, name: string) => name.startsWith(`${PREFIX}${person}.`);

/** The carts of a company that this person left entries of on this device. */
export function cartsWithEntries(storage: Storage, person: string, company: string): string[] {
  const start = keptName(person, company, "");
  return Object.keys(storage)
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length));
}

/**
 * Keeps entries under `name` until they are saved. Two tabs may keep theirs side by side:
 * each takes away only what itself has put there.
 */
export function keptEdits(storage: Storing, name: string) {
  const own = new Map<string, number>();

  function read(): Map<string, Kept> {
    try {
      return new Map(JSON.parse(storage.getItem(name) ?? "[]") as [string, Kept][]);
    } catch {
      return new Map();
    }
  }

  function write(edits: ReadonlyMap<string, Kept>): void {
    const stored = read();
    for (const [key, mine] of own) {
      if (!edits.has(key) && stored.get(key)?.mine === mine) stored.delete(key);
    }
    own.clear();
    for (const [key, kept] of edits) {
      stored.set(key, kept);
      own.set(key, kept.mine);
    }
    try {
      if (stored.size) storage.setItem(name, JSON.stringify([...stored]));
      else storage.removeItem(name);
    } catch {
      // A full or forbidden storage must not keep anybody from typing.
    }
  }

  /** What was left here, which is this tab's from now on. */
  function takeOver(): Map<string, Kept> {
    const left = read();
    for (const [key, { mine }] of left) own.set(key, mine);
    return left;
  }

  return { write, takeOver };
}
