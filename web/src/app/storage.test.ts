import { expect, test } from "vitest";
import { replaceRefusedStorage } from "@/app/storage";

/** A window whose storage the browser refuses in one of the ways that browsers have. */
function refusing(refuse: () => unknown): Window {
  const host = Object.create(null) as Window;
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(host, name, { get: refuse, configurable: true });
  }
  return host;
}

const FULL = {
  setItem: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
};

test.each([
  [
    "cookies are blocked",
    () => {
      throw new DOMException("denied", "SecurityError");
    },
  ],
  ["a private window has no room", () => FULL],
  ["there is none", () => null],
])("where %s, what is kept is kept in memory", (_, refuse) => {
  const host = refusing(refuse);
  replaceRefusedStorage(host);
  host.localStorage.setItem("a", "1");
  host.localStorage.setItem("b", "2");
  host.localStorage.removeItem("b");
  expect([host.localStorage.getItem("a"), host.localStorage.getItem("b")]).toEqual(["1", null]);
  expect([host.localStorage.length, host.localStorage.key(0)]).toEqual([1, "a"]);
  expect(host.sessionStorage.getItem("a")).toBeNull();
});

test("a storage that works stays", () => {
  localStorage.setItem("kept", "yes");
  replaceRefusedStorage();
  expect(localStorage.getItem("kept")).toBe("yes");
  expect(localStorage.length).toBe(1);
});
