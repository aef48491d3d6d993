import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const fetched = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>();

/** The module as a page that was loaded just now has it. */
async function load() {
  vi.resetModules();
  const { request, setRequestContext } = await import("@/api/client");
  setRequestContext({
    token: async () => "token",
    company: () => null,
    locale: () => "en",
    onRefused: vi.fn(),
  });
  return {
    ...(await import("@/api/contracts")),
    request,
    errors: await import("@/api/problem"),
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
const urls = () => fetched.mock.calls.map(([url]) => url);

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
  const { request, fit } = await load();
  fetched.mockResolvedValue(answer(offered, 7));
  expect(await request("/v1/carts")).toBe(7);
  expect(fit()).toBe("fits");
});

test("after an answer that does not fit nothing is sent to that service any more", async () => {
  const { request, fit, onFit, errors } = await load();
  const told = vi.fn();
  onFit(told);
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(request("/v1/carts")).rejects.toBeInstanceOf(errors.Outdated);
  expect(told).toHaveBeenCalledOnce();
  expect(fit()).toBe("outdated");
  await expect(request("/v1/carts/1")).rejects.toBeInstanceOf(errors.Outdated);
  await expect(request("/v1/carts", { method: "POST" })).rejects.toThrow();
  expect(fetched).toHaveBeenCalledOnce();
  fetched.mockResolvedValueOnce(Response.json(8));
  expect(await request("/v1/catalog/styles")).toBe(8);
});

test("a service is asked before the first change, and not again soon", async () => {
  const { request } = await load();
  fetched.mockImplementation(async () => answer(later));
  await Promise.all([
    request("/v1/carts/1", { method: "PATCH" }),
    request("/v1/carts/2", { method: "PATCH" }),
  ]);
  await request("/v1/carts/1", { method: "PATCH" });
  expect(urls()).toEqual(["/v1/carts/healthz", "/v1/carts/1", "/v1/carts/2", "/v1/carts/1"]);
});

test("a change is not sent to a service that was replaced while nobody worked", async () => {
  const { request, fit } = await load();
  fetched.mockResolvedValueOnce(answer(later));
  await request("/v1/carts");
  vi.advanceTimersByTime(8 * 3_600_000);
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(request("/v1/carts/1", { method: "PATCH" })).rejects.toThrow();
  expect(urls()).toEqual(["/v1/carts", "/v1/carts/healthz"]);
  expect(fit()).toBe("outdated");
});

test("a change waits where the service can't be asked", async () => {
  const { request, fit, errors } = await load();
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const placing = request("/v1/carts", { method: "POST" });
  await expect(placing).rejects.toBeInstanceOf(errors.Unreachable);
  fetched.mockResolvedValueOnce(new Response("", { status: 503 }));
  await expect(request("/v1/carts", { method: "POST" })).rejects.toMatchObject({ status: 503 });
  expect(fit()).toBe("fits");
  expect(new Set(urls())).toEqual(new Set(["/v1/carts/healthz"]));
});

test("what still does not fit after a reload is being updated, until it fits", async () => {
  const first = await load();
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(first.request("/v1/carts")).rejects.toThrow();
  expect(location.reload).not.toHaveBeenCalled();
  first.reload();
  expect(location.reload).toHaveBeenCalledOnce();

  const second = await load();
  expect(second.fit()).toBe("fits");
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(second.request("/v1/carts")).rejects.toThrow();
  expect(second.fit()).toBe("updating");
  second.reload();

  const third = await load();
  fetched.mockResolvedValueOnce(answer(later));
  await third.request("/v1/carts");
  fetched.mockResolvedValueOnce(answer(`${major + 1}.0.0`));
  await expect(third.request("/v1/carts")).rejects.toThrow();
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
