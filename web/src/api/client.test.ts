import { afterEach, expect, test, vi } from "vitest";
import { request, setRequestContext } from "@/api/client";
import { isPassing, Problem, SignedOut, Unreachable } from "@/api/problem";

const context = {
  token: vi.fn(async (renew: boolean) => (renew ? "new" : "old")),
  company: () => "100001",
  locale: () => "hu",
  onRefused: vi.fn(),
};

function answering(...answers: (Response | Error)[]) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => {
    const next = answers.shift();
    if (!next || next instanceof Error) throw next ?? new TypeError("none left");
    return next;
  });
  vi.stubGlobal("fetch", fetched);
  setRequestContext(context);
  return fetched;
}

const sent = (fetched: ReturnType<typeof answering>, call: number) =>
  fetched.mock.calls[call]![1].headers as Headers;

afterEach(() => vi.unstubAllGlobals());

test("a request carries token, company, language and preconditions", async () => {
  const health = Response.json(
    {},
    { headers: { "Sellin-Contract": `carts/${__CONTRACTS__.carts}` } },
  );
  const fetched = answering(health, Response.json({ ok: true }));
  await request("/v1/carts/1/lines", {
    method: "PATCH",
    body: {},
    ifMatch: '"3"',
    idempotencyKey: "k",
    query: { size: ["S", "M"], q: "", cursor: null, limit: 5 },
  });
  expect(fetched.mock.calls[1]![0]).toBe("/v1/carts/1/lines?size=S&size=M&limit=5");
  expect(Object.fromEntries(sent(fetched, 1))).toMatchObject({
    authorization: "Bearer old",
    "x-company": "100001",
    "accept-language": "hu",
    "if-match": '"3"',
    "idempotency-key": "k",
  });
});

test("a refused token is renewed once", async () => {
  const fetched = answering(new Response(null, { status: 401 }), Response.json(7));
  expect(await request("/v1/carts")).toBe(7);
  expect(sent(fetched, 1).get("Authorization")).toBe("Bearer new");
  expect(context.onRefused).not.toHaveBeenCalled();
});

test("who is refused with a new token must sign in again", async () => {
  answering(new Response(null, { status: 401 }), new Response(null, { status: 401 }));
  await expect(request("/v1/carts")).rejects.toBeInstanceOf(SignedOut);
  expect(context.onRefused).toHaveBeenCalledOnce();
});

test("nothing is sent while nobody is signed in", async () => {
  const fetched = answering();
  setRequestContext({ ...context, token: async () => null });
  await expect(request("/v1/carts")).rejects.toBeInstanceOf(SignedOut);
  expect(fetched).not.toHaveBeenCalled();
});

test("a problem keeps its code, text, faults and other members", async () => {
  const fault = { code: "unknown_sku", in: "body", pointer: "/lines/0/sku", detail: "No." };
  const body = { code: "invalid_input", detail: "Bad.", errors: [fault], etag: '"4"' };
  answering(Response.json(body, { status: 422 }));
  const error = await request("/v1/carts").catch((caught: unknown) => caught);
  expect(error).toMatchObject({ status: 422, code: "invalid_input", message: "Bad." });
  expect((error as Problem).faults).toEqual([fault]);
  expect((error as Problem).extra.etag).toBe('"4"');
  expect(isPassing(error)).toBe(false);
});

test("an answer that is no problem document is an error all the same", async () => {
  answering(new Response("<html>", { status: 502 }));
  const error = await request("/v1/carts").catch((caught: unknown) => caught);
  expect(error).toMatchObject({ status: 502, code: "unknown" });
  expect(isPassing(error)).toBe(true);
});

test("a cut network is told apart", async () => {
  answering(new TypeError("Failed to fetch"));
  const error = await request("/v1/carts").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Unreachable);
  expect(isPassing(error)).toBe(true);
});

test("an answer that is cut off on its way is none", async () => {
  answering(new Response('{"lines": [', { status: 200 }));
  const error = await request("/v1/carts").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Unreachable);
});
