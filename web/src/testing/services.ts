import type { components } from "@/api/schema/catalog";
import { type Cart, type CartLine, cellKey, type LineChange } from "@/shared/cart/types";
import type { Door } from "@/shared/scope";
import { cartOf, deliveryOf } from "@/testing/carts";
import { stubFetch } from "@/testing/fetch";
import { answering } from "@/testing/page";
import { AT_ONCE, PRE_BOOK } from "@/testing/styles";

type Style = components["schemas"]["StyleDetail"];

export interface Sent {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  key: string | null;
  etag: string | null;
}

/** Makes an answer of what was sent. */
type Handler = (sent: Sent) => unknown;

/** What the services answer, by "METHOD path": a body, or a Handler. */
export type Routes = Record<string, unknown>;

/** Answers requests by `routes`, and tells what was sent; an Error cuts the network. */
export function serving(routes: Routes): Sent[] {
  const log: Sent[] = [];
  answering({});
  stubFetch(async (request) => {
    const body = await request.text();
    const sent: Sent = {
      method: request.method,
      path: new URL(request.url).pathname,
      query: new URL(request.url).searchParams,
      body: body ? (JSON.parse(body) as unknown) : undefined,
      key: request.headers.get("Idempotency-Key"),
      etag: request.headers.get("If-Match"),
    };
    if (sent.path.endsWith("/healthz")) return Response.json({});
    log.push(sent);
    const route = routes[`${sent.method} ${sent.path}`];
    const answer: unknown = typeof route === "function" ? await (route as Handler)(sent) : route;
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer;
    return Response.json(answer ?? { code: "not_found" }, { status: answer ? 200 : 404 });
  });
  return log;
}

export const door = (id: string, name: string): Door =>
  ({ id, name, blocked: false, default: false }) as unknown as Door;

/** All SKUs of `style` that are looked up are known, in both of its delivery windows. */
const lookingUp =
  (style: Style) =>
  ({ body }: Sent) => ({
    windows: [AT_ONCE, { ...PRE_BOOK, ship_from: "2027-01-15" }],
    lines: (body as { entries: string[] }).entries.map((input) => {
      const [code, pieces] = input.split(" ");
      const colourway = style.colourways.find((each) => input.startsWith(each.id));
      const size = colourway?.sizes.find((each) => each.sku === code);
      if (!colourway || !size) {
        const reason = "Not in your range.";
        return { status: "not_found", input, code: "not_found", reason, choices: [] };
      }
      return {
        status: "found",
        input,
        sku: size.sku,
        style: style.style,
        style_name: style.name,
        colourway: colourway.id,
        colour_name: colourway.name,
        size_name: size.size_name,
        windows: colourway.windows.map((window) => window.id),
        availability: size.availability,
        pieces: Number(pieces ?? 1),
        note: null,
      };
    }),
  });

/** The carts and catalog services with one cart and one style, as far as pages need them. */
export function shop(cart: Cart, style: Style, routes: Routes = {}) {
  const path = `/v1/carts/${cart.id}`;
  const served = { cart };
  const change = ({ body, etag }: Sent) => {
    if (etag !== served.cart.etag) return Response.json({ code: "cart_changed" }, { status: 412 });
    served.cart = fillCart(served.cart, (body as { lines: LineChange[] }).lines);
    return served.cart;
  };
  const { id, name, changed } = cart;
  const summary = {
    id,
    name,
    changed,
    etag: cart.etag,
    lines: 0,
    pieces: 0,
    unit: "PCE",
    net: null,
    prepared_by: cart.prepared_by,
    may_change: cart.may_change,
  };
  const log = serving({
    "GET /v1/carts": { items: [summary], next: null },
    [`GET ${path}`]: () => served.cart,
    [`PATCH ${path}/lines`]: change,
    [`GET /v1/catalog/styles/${style.style}`]: style,
    "POST /v1/catalog/lookup": lookingUp(style),
    ...routes,
  });
  const fillings = () =>
    log
      .filter((sent) => sent.method === "PATCH" && sent.path === `${path}/lines`)
      .map((sent) => (sent.body as { lines: LineChange[] }).lines);
  return { served, log, fillings };
}

function fillCart(cart: Cart, changes: LineChange[]): Cart {
  const lines = new Map<string, CartLine>(cart.lines.map((line) => [cellKey(line), line]));
  for (const line of cartOf(0, changes).lines) {
    if (line.quantity) lines.set(cellKey(line), line);
    else lines.delete(cellKey(line));
  }
  const byDelivery = [...lines.values()].map(
    (line) => [`${line.door} ${line.window}`, line] as const,
  );
  const revision = cart.revision + 1;
  return {
    ...cart,
    revision,
    etag: `"${revision}"`,
    lines: [...lines.values()],
    deliveries: [...new Map(byDelivery).values()].map((line) => deliveryOf(line.door, line.window)),
    checks: [],
  };
}
