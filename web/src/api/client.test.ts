import { afterEach, expect, test, vi } from "vitest";
import { request, requestFile, setRequestContext } from "@/api/client";
import { pathOf } from "@/testing/fetch";
import {
  isPassing,
  isRetried,
  Problem,
  retryDelay,
  SignedOut,
  Unreachable,
  waitOf,
} from "@/api/problem";

const context = {
  token: vi.fn(async (renew: boolean) => (renew ? "new" : "old")),
  company: () => "100001",
  locale: () => "hu",
};

function answering(...answers: (Response | Error)[]) {
  const fetched = vi.fn(async (_: Request) => {
    const next = answers.shift();
    if (!next || next instanceof Error) throw next ?? new TypeError("none left");
    return next;
  });
  vi.stubGlobal("fetch", fetched);
  setRequestContext(context);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

test("a request carries token, company, language and preconditions", async () => {
  const health = Response.json(
    {},
    { headers: { "Sellin-Contract": `carts/${__CONTRACTS__.carts}` } },
  );
  const fetched = answering(health, Response.json({ ok: true }));
  await request("patch", "/v1/carts/{cart_id}/lines", {
    params: { path: { cart_id: "a/1" }, header: { "If-Match": '"3"', "Idempotency-Key": "k" } },
    body: { lines: [] },
  });
  const sent = fetched.mock.calls[1]![0];
  expect(pathOf(sent)).toBe("/v1/carts/a%2F1/lines");
  expect(await sent.json()).toEqual({ lines: [] });
  expect(Object.fromEntries(sent.headers)).toMatchObject({
    authorization: "Bearer old",
    "x-company": "100001",
    "accept-language": "hu",
    "if-match": '"3"',
    "idempotency-key": "k",
  });
});

test("a query has what is given, a list once for each of its values", async () => {
  const fetched = answering(Response.json({ items: [] }));
  await request("get", "/v1/catalog/styles", {
    params: { query: { size: ["S", "M"], q: undefined, cursor: null, limit: 5 } },
  });
  expect(pathOf(fetched.mock.calls[0]![0])).toBe("/v1/catalog/styles?size=S&size=M&limit=5");
});

test("what the caller names goes before the context, and a person has no company", async () => {
  const fetched = answering(Response.json({}), Response.json({}));
  await request("get", "/v1/catalog/line-sheet", {
    params: { query: { style: ["1"] }, header: { "X-Company": "100002" } },
    headers: { "Accept-Language": "sv" },
  });
  expect(Object.fromEntries(fetched.mock.calls[0]![0].headers)).toMatchObject({
    "x-company": "100002",
    "accept-language": "sv",
  });
  await request("get", "/v1/accounts/me", {});
  expect(fetched.mock.calls[1]![0].headers.has("X-Company")).toBe(false);
});

test("what the contract does not know does not compile", () => {
  const calls = [
    // @ts-expect-error: there is no such path
    () => request("get", "/v1/baskets", {}),
    // @ts-expect-error: the path has no such method
    () => request("delete", "/v1/carts", {}),
    // @ts-expect-error: there is no such parameter
    () => request("get", "/v1/orders", { params: { query: { limit: 5, purchase_order: "7" } } }),
    () =>
      request("post", "/v1/carts", {
        params: { header: { "Idempotency-Key": "k" } },
        // @ts-expect-error: the body has no such field
        body: { name: "Spring", colour: "red" },
      }),
    // @ts-expect-error: a header that must be there lacks
    () => request("post", "/v1/carts", { body: { name: "Spring" } }),
    // @ts-expect-error: the answer has no such field
    () => request("get", "/v1/carts", {}).then((page) => String(page.carts)),
  ];
  expect(calls).toHaveLength(6);
});

test("a file is fetched as it is", async () => {
  answering(new Response("%PDF"));
  const file = await requestFile("/v1/orders/{number}/documents/confirmation.pdf", {
    params: { path: { number: "1" } },
  });
  expect(file.size).toBe("%PDF".length);
});

test("a refused token is renewed once", async () => {
  const fetched = answering(new Response(null, { status: 401 }), Response.json(7));
  expect(await request("get", "/v1/carts", {})).toBe(7);
  expect(fetched.mock.calls[1]![0].headers.get("Authorization")).toBe("Bearer new");
});

test("a service that refuses a new token, too, is at fault and signs nobody out", async () => {
  const refused = () => Response.json({ code: "unauthenticated", detail: "No." }, { status: 401 });
  const fetched = answering(refused(), refused());
  await expect(request("get", "/v1/carts", {})).rejects.toMatchObject({ status: 401 });
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("who gets no new token is told nothing but to sign in", async () => {
  answering(new Response(null, { status: 401 }));
  setRequestContext({ ...context, token: async (renew) => (renew ? null : "old") });
  await expect(request("get", "/v1/carts", {})).rejects.toBeInstanceOf(SignedOut);
});

test("nothing is sent while nobody is signed in", async () => {
  const fetched = answering();
  setRequestContext({ ...context, token: async () => null });
  await expect(request("get", "/v1/carts", {})).rejects.toBeInstanceOf(SignedOut);
  expect(fetched).not.toHaveBeenCalled();
});

test("a problem keeps its code, text, faults and other members", async () => {
  const fault = { code: "unknown_sku", in: "body", pointer: "/lines/0/sku", detail: "No." };
  const body = { code: "invalid_input", detail: "Bad.", errors: [fault], etag: '"4"' };
  answering(Response.json(body, { status: 422 }));
  const error = await request("get", "/v1/carts", {}).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ status: 422, code: "invalid_input", message: "Bad." });
  expect((error as Problem).faults).toEqual([fault]);
  expect((error as Problem).extra.etag).toBe('"4"');
  expect(isPassing(error)).toBe(false);
});

test("an answer that is no problem document is an error all the same", async () => {
  answering(new Response("<html>", { status: 502 }));
  const error = await request("get", "/v1/carts", {}).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ status: 502, code: "unknown" });
  expect(isPassing(error)).toBe(true);
});

test("who asked too often is not sent again before the service said", async () => {
  const tooMany = (wait: string) =>
    Response.json(
      { code: "too_many_requests", detail: "Later." },
      { status: 429, headers: { "Retry-After": wait } },
    );
  answering(tooMany("40"), tooMany("2"), tooMany("Thu, 26 Nov 2026 18:00:00 GMT"));
  const ask = () => request("get", "/v1/carts", {}).catch((caught: unknown) => caught);
  const [long, short, date] = [await ask(), await ask(), await ask()];
  expect(long).toMatchObject({ code: "too_many_requests", message: "Later.", retryAfter: 40 });
  expect([waitOf(long), isPassing(long), isRetried(0, long)]).toEqual([40_000, true, false]);
  expect([isRetried(0, short), isRetried(2, short)]).toEqual([true, false]);
  expect([retryDelay(0, short), retryDelay(1, short), retryDelay(2, short)]).toEqual([
    2000, 2000, 4000,
  ]);
  expect([waitOf(date), retryDelay(0, date), isRetried(0, new SignedOut())]).toEqual([
    0,
    1000,
    true,
  ]);
});

test("a cut network is told apart", async () => {
  answering(new TypeError("Failed to fetch"));
  const error = await request("get", "/v1/carts", {}).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Unreachable);
  expect(isPassing(error)).toBe(true);
});

test("an answer that is cut off on its way is none", async () => {
  answering(new Response('{"lines": [', { status: 200 }));
  const error = await request("get", "/v1/carts", {}).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Unreachable);
});
