import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  asAnna,
  csv,
  opened,
  previewOf,
  refusedRow,
  resultOf,
  row,
  served,
  uploads,
} from "@/testing/upload-dialog";
import { MOST_BYTES } from "@/shared/upload-kind";
import { cartOf } from "@/testing/carts";
import { expectAccessible } from "@/testing/render";

beforeEach(asAnna);
afterEach(() => vi.unstubAllGlobals());

const isPreview = ({ url }: Request) => new URL(url).searchParams.get("preview") === "true";

const texts = (role: string) => screen.getAllByRole(role).map((each) => each.textContent);

test("a file is sent as what it is, and every row is shown before anything is written", async () => {
  const rows = [row(2), refusedRow(3), row(4, { outcome: "changed", quantity: 1200 })];
  const sent = uploads(previewOf(rows));
  const { choose, look, kept } = opened();
  await choose(csv());
  expect(screen.getByText("order.csv")).toBeTruthy();
  await look();
  expect(await screen.findByText("1 row is refused")).toBeTruthy();
  expect(screen.getByText("1 row with a change")).toBeTruthy();
  expect(screen.getByText("1 row as in the file")).toBeTruthy();
  expect(screen.getByText("1 line · 6 pieces")).toBeTruthy();
  expect(screen.getByText("Nothing has been put into the cart yet.")).toBeTruthy();
  const [, first, second, third] = texts("row");
  expect(first).toContain("No such article in 3.");
  expect(second).toContain("Changed");
  expect(second).toContain("1,200");
  expect(third).toMatch(/10123-010-M.*Door 1 · AO.*6/);
  expect(sent.map(isPreview)).toEqual([true]);
  expect(sent[0]!.url).toContain("door=1");
  expect(Object.fromEntries(sent[0]!.headers)).toMatchObject({
    "content-type": "text/csv",
    "if-match": '"1"',
    "x-company": "100001",
  });
  expect(kept()).toEqual(cartOf(1));
  await expectAccessible(screen.getByRole("dialog"));
});

test("what was previewed is taken, into the cart as it was", async () => {
  const rows = [row(2), refusedRow(3), row(4, { outcome: "changed" })];
  const result = resultOf(rows);
  const sent = uploads(previewOf(rows), Response.json(result));
  const { choose, look, take, kept } = opened();
  await choose(csv());
  await look();
  await screen.findByText("1 row is refused");
  served.cart = cartOf(9);
  await take();
  expect(await screen.findByText("1 row taken")).toBeTruthy();
  expect(screen.getByText("1 row refused")).toBeTruthy();
  expect(sent.map(isPreview)).toEqual([true, false]);
  expect(sent[1]!.headers.get("if-match")).toBe('"1"');
  expect(sent[1]!.headers.get("content-type")).toBe("text/csv");
  expect(kept()).toEqual(result.cart);
  await expectAccessible(screen.getByRole("dialog"));
});

test("a cart that was changed since is previewed anew", async () => {
  const conflict = { code: "cart_changed", detail: "Changed." };
  const sent = uploads(
    previewOf([row(2)]),
    Response.json(conflict, { status: 412 }),
    previewOf([row(2, { outcome: "changed" })], cartOf(5)),
    Response.json(resultOf([row(2, { outcome: "changed" })])),
  );
  const { choose, look, take } = opened();
  await choose(csv());
  await look();
  await screen.findByText("1 row as in the file");
  served.cart = cartOf(5);
  await take();
  expect(await screen.findByText("1 row with a change")).toBeTruthy();
  expect(screen.getByText(/The cart was changed meanwhile/)).toBeTruthy();
  await take();
  expect(await screen.findByText("1 row changed")).toBeTruthy();
  expect(sent.map(isPreview)).toEqual([true, false, true, false]);
  expect(sent.map(({ headers }) => headers.get("if-match"))).toEqual(['"1"', '"1"', '"5"', '"5"']);
});

test("rows of several sheets say of which they are", async () => {
  uploads(previewOf([row(2, { sheet: "Nord" }), row(2, { sheet: "Süd" })]));
  const { choose, look } = opened();
  await choose(csv());
  await look();
  expect(await screen.findByText("Nord · Door 1 · AO")).toBeTruthy();
  expect(screen.getByText("Süd · Door 1 · AO")).toBeTruthy();
});

test("a file of which nothing can be taken leaves nothing to put", async () => {
  uploads(previewOf([refusedRow(2)]));
  const { choose, look, user } = opened();
  await choose(csv());
  await look();
  await user.click(await screen.findByRole("button", { name: "Choose another file" }));
  expect(screen.getByRole("button", { name: "Choose a file" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Put into the cart" })).toBeNull();
});

test("how letters are to be read is asked, and sent with a key of its own", async () => {
  const encodings = [
    { encoding: "cp1250", name: "Central Europe, Windows", samples: ["Wźrzburg"] },
    { encoding: "mac_roman", name: "Western Europe, Mac", samples: ["Würzburg"] },
  ];
  const problem = { code: "letters_unclear", detail: "Choose.", encodings };
  const result = { ...resultOf([row(2)]), notes: [{ code: "hidden_rows", detail: "Row 7 too." }] };
  const sent = uploads(Response.json(problem, { status: 422 }), Response.json(result));
  const { choose, look, user } = opened();
  await choose(csv());
  await look();
  const way = await screen.findByRole("button", { name: "Würzburg" });
  expect(screen.getByText("Western Europe, Mac", { exact: false })).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(way);
  expect(await screen.findByText("Row 7 too.")).toBeTruthy();
  expect(new URL(sent[1]!.url).searchParams.get("encoding")).toBe("mac_roman");
  const keys = sent.map((each) => each.headers.get("idempotency-key"));
  expect(new Set(keys).size).toBe(2);
});

test("letters that were read wrong are read in the way that the person chooses", async () => {
  const letters = [
    { encoding: "cp1250", name: "Central Europe, Windows", samples: ["Wźrzburg"] },
    { encoding: "mac_roman", name: "Western Europe, Mac", samples: ["Würzburg"] },
  ];
  const sent = uploads(
    Response.json({ ...resultOf([row(2)]), letters }),
    Response.json({ ...resultOf([row(2)]), letters: [...letters].reverse() }),
    Response.json(resultOf([row(2)])),
  );
  const { choose, look, take, user } = opened();
  await choose(csv());
  await look();
  await user.click(await screen.findByText("How the letters were read"));
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(screen.getByRole("button", { name: "Würzburg" }));
  expect(await screen.findByText("Würzburg (Western Europe, Mac)")).toBeTruthy();
  await take();
  await screen.findByText("1 row taken");
  const said = sent.map(({ url }) => new URL(url).searchParams.get("encoding"));
  expect(said).toEqual([null, "mac_roman", "mac_roman"]);
});

test("a file that waits for another one of the company is sent once more", async () => {
  const busy = { code: "reading_company_busy", detail: "Busy." };
  const sent = uploads(
    Response.json(busy, { status: 429, headers: { "Retry-After": "1" } }),
    Response.json(resultOf([row(2)])),
  );
  const { choose, look } = opened();
  await choose(csv());
  await look();
  expect(await screen.findByText("1 row as in the file", {}, { timeout: 4000 })).toBeTruthy();
  const keys = sent.map((each) => each.headers.get("idempotency-key"));
  expect(new Set(keys).size).toBe(1);
});

test("the dialog has no faults of accessibility, and closes", async () => {
  uploads();
  const { user, onClose } = opened();
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(onClose).toHaveBeenCalledOnce();
});

test("refused rows are kept as a file", async () => {
  uploads(Response.json(resultOf([refusedRow(2)])));
  const { choose, look, user } = opened();
  await choose(csv());
  await look();
  URL.createObjectURL = vi.fn(() => "blob:1");
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  await user.click(await screen.findByRole("button", { name: "Download refused rows" }));
  expect(click.mock.contexts[0]).toMatchObject({ download: "Refused rows.csv", href: "blob:1" });
  click.mockRestore();
});

test("what the service says of a file is shown, and the same upload is tried with its key", async () => {
  const problem = { code: "unavailable", detail: "Try again." };
  const sent = uploads(
    previewOf([row(2)]),
    Response.json(problem, { status: 503 }),
    Response.json(resultOf([row(2)])),
  );
  const { choose, look, take } = opened();
  await choose(csv());
  await look();
  await take();
  expect((await screen.findByRole("alert")).textContent).toContain("Try again.");
  await take();
  expect(await screen.findByText("1 row taken")).toBeTruthy();
  const keys = sent.map(({ headers }) => headers.get("Idempotency-Key"));
  expect(new Set(keys).size).toBe(1);
});

test("a file can be dropped", () => {
  uploads();
  opened();
  const zone = screen.getByRole("button", { name: "Choose a file" }).parentElement!;
  fireEvent.drop(zone, { dataTransfer: { files: [csv()] } });
  expect(screen.getByText("order.csv")).toBeTruthy();
});

test("a file that is too large is not sent", async () => {
  const sent = uploads();
  const { choose } = opened();
  await choose(new File([new Uint8Array(MOST_BYTES + 1)], "large.csv"));
  expect(screen.getByRole("alert").textContent).toContain("larger than 4 MB");
  expect(screen.getByRole("button", { name: "Preview" }).hasAttribute("disabled")).toBe(true);
  expect(sent).toEqual([]);
});

test("many rows are shown a part at a time", async () => {
  uploads(
    Response.json(resultOf(Array.from({ length: 120 }, (_, index) => refusedRow(index + 2)))),
  );
  const { choose, look, user } = opened();
  await choose(csv());
  await look();
  expect(await screen.findAllByRole("row")).toHaveLength(51);
  await user.click(screen.getByRole("button", { name: "Show 50 more" }));
  await user.click(screen.getByRole("button", { name: "Show 20 more" }));
  expect(screen.getAllByRole("row")).toHaveLength(121);
  expect(screen.queryByRole("button", { name: /^Show/ })).toBeNull();
});
