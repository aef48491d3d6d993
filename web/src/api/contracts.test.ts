import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const fetched = vi.fn<(what: Request | string) => Promise<Response>>();

/** The module as a page that was loaded just now has it. */
async function load() {
  vi.resetModules();
  const { request, setRequestContext } = await import("@/api/client");
  setRequestContext({
    token: async () => "token",
    company: () => null,
    locale: () => "en",
  });
  const path = (cart: string) => ({ cart_id: cart });
  const body = { name: "Spring" };
  return {
    ...(await import("@/api/contracts")),
    errors: await import("@/api/problem"),
    listStyles: () => request("get", "/v1/catalog/styles", {}),
    listCarts: () => request("get", "/v1/carts", {}),
    getCart: (cart: string) =>
      request("get", "/v1/carts/{cart_id}", { params: { path: path(cart) } }),
    renameCart: (cart: string) =>
      request("patch", "/v1/carts/{cart_id}", {
        params: { path: path(cart), header: { "If-Match": '"1"' } },
        body,
      }),
    createCart: () =>
      request("post", "/v1/carts", { params: { header: { "Idempotency-Key": "k" } }, body }),
  };
}

const [major, minor, patch] = __CONTRACTS__.carts!.split(".").map(Number) as [
  number,
  number,
  number,
];
const later = `${major}.${minor + 3}.0`;
const answer = (version: string | null, body: unknown = {}) =>
  Response.json(body, version ? { headers: { "Sellin-Contract": `carts/${version}` } } : {});
const urls = () => fetched.mock.calls.map(([what]) => new URL(new Request(what).url).pathname);

beforeEach(() => {
  fetched.mockReset();
  sessionStorage.clear();
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("location", { reload: vi.fn() });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const version = fc.tuple(fc.nat(9), fc.nat(30), fc.nat(30));

test("what fits is the same major and no earlier", async () => {
  const { fits } = await load();
  fc.assert(
    fc.property(version, version, (needed, offered) => {
      const order = needed[1] - offered[1] || needed[2] - offered[2];
      const expected = needed[0] === offered[0] && order <= 0;
      expect(fits(needed.join("."), offered.join("."))).toBe(expected);
    }),
  );
});

test.each([`${major}.${minor}.${patch}`, later, null])("%s fits", async (offered) => {
  const { listCarts, fit } = await load();
  fetched.mockResolvedValue(answer(offered, 7));
  expect(await listCarts()).toBe(7);
  expect(fit()).toBe("fits");
});

test("after an answer that does not fit nothing is sent to that service any more", async () => {
  const { listCarts, getCart, createCart, listStyles, fit, onFit, errors } = await load();
  const told = vi.fn();
  onFit(told);
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(listCarts()).rejects.toBeInstanceOf(errors.Outdated);
  expect(told).toHaveBeenCalledOnce();
  expect(fit()).toBe("outdated");
  await expect(getCart("1")).rejects.toBeInstanceOf(errors.Outdated);
  await expect(createCart()).rejects.toThrow();
  expect(fetched).toHaveBeenCalledOnce();
  fetched.mockResolvedValueOnce(Response.json(8));
  expect(await listStyles()).toBe(8);
});

test("a service is asked before the first change, and not again soon", async () => {
  const { renameCart } = await load();
  fetched.mockImplementation(async () => answer(later));
  await Promise.all([renameCart("1"), renameCart("2")]);
  await renameCart("1");
  expect(urls()).toEqual(["/v1/carts/healthz", "/v1/carts/1", "/v1/carts/2", "/v1/carts/1"]);
});

test("a change is not sent to a service that was replaced while nobody worked", async () => {
  const { listCarts, renameCart, fit } = await load();
  fetched.mockResolvedValueOnce(answer(later));
  await listCarts();
  vi.advanceTimersByTime(8 * 3_600_000);
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(renameCart("1")).rejects.toThrow();
  expect(urls()).toEqual(["/v1/carts", "/v1/carts/healthz"]);
  expect(fit()).toBe("outdated");
});

test("a change waits where the service can't be asked", async () => {
  const { createCart, fit, errors } = await load();
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const placing = createCart();
  await expect(placing).rejects.toBeInstanceOf(errors.Unreachable);
  fetched.mockResolvedValueOnce(new Response("", { status: 503 }));
  await expect(createCart()).rejects.toMatchObject({ status: 503 });
  expect(fit()).toBe("fits");
  expect(new Set(urls())).toEqual(new Set(["/v1/carts/healthz"]));
});

test("what still does not fit after a reload is being updated, until it fits", async () => {
  const first = await load();
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(first.listCarts()).rejects.toThrow();
  expect(location.reload).not.toHaveBeenCalled();
  first.reload();
  expect(location.reload).toHaveBeenCalledOnce();

  const second = await load();
  expect(second.fit()).toBe("fits");
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(second.listCarts()).rejects.toThrow();
  expect(second.fit()).toBe("updating");
  second.reload();

  const third = await load();
  fetched.mockResolvedValueOnce(answer(later));
  await third.listCarts();
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(third.listCarts()).rejects.toThrow();
  expect(third.fit()).toBe("outdated");
});

test("files that are gone are told from a network that is cut", async () => {
  document.head.innerHTML = '<script type="module" src="/assets/index-old.js"></script>';
  const { checkFiles, fit } = await load();
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await checkFiles();
  fetched.mockResolvedValueOnce(new Response('<script src="/assets/index-old.js">'));
  await checkFiles();
  expect(fit()).toBe("fits");
  fetched.mockResolvedValueOnce(new Response('<script src="/assets/index-new.js">'));
  await checkFiles();
  expect(fit()).toBe("outdated");
});
