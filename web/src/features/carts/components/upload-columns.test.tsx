import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Column, FileHeader } from "@/features/carts/api/upload-file";
import {
  asAnna,
  csv,
  opened,
  previewOf,
  refusedRow,
  resultOf,
  row,
  uploads,
} from "@/testing/upload-dialog";
import { SCOPE } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

beforeEach(asAnna);
afterEach(() => vi.unstubAllGlobals());

const column = (letter: string, name: string, change: Partial<Column> = {}): Column => ({
  letter,
  name,
  samples: [`${letter}1`, `${letter}2`],
  meaning: "none",
  suggested: "none",
  ...change,
});

const ID = "a".repeat(24);
const OTHER = "b".repeat(24);

const headerOf = (change: Partial<FileHeader> = {}): FileHeader => ({
  id: ID,
  row: 1,
  sheets: [],
  columns: [
    column("A", "Ding", { suggested: "article" }),
    column("B", ""),
    column("C", "Zahl", { suggested: "quantity" }),
  ],
  chosen: null,
  rows: [],
  ...change,
});

const unreadFile = (header: FileHeader) =>
  Response.json(
    { code: "no_header", detail: "Nobody knows these names.", headers: [header] },
    { status: 422 },
  );

const said = (request: Request) => new URL(request.url).searchParams.getAll("columns");

test("what columns are is said where their names don't, and the rows are taken by it", async () => {
  const read = headerOf({
    columns: [
      column("A", "Ding", { meaning: "article" }),
      column("B", "", { meaning: "door" }),
      column("C", "Zahl", { meaning: "quantity" }),
    ],
  });
  const result = { ...resultOf([row(2)]), headers: [read] };
  const sent = uploads(unreadFile(headerOf()), Response.json(result), Response.json(result));
  const { choose, look, take, user } = opened();
  await choose(csv());
  await look();
  expect(await screen.findByText("Nobody knows these names.")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  const select = (name: string) => screen.getByRole<HTMLSelectElement>("combobox", { name });
  expect([select("Ding").value, select("Column B").value, select("Zahl").value]).toEqual([
    "article",
    "none",
    "quantity",
  ]);
  expect(screen.getByText("A1 · A2")).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
  await user.selectOptions(select("Column B"), "Door");
  await user.selectOptions(select("Door"), "As in the file");
  await user.click(screen.getByRole("button", { name: "Read the columns like this" }));
  await screen.findByText("1 row as in the file");
  await take();
  await screen.findByText("1 row taken");
  expect(sent.map(said)).toEqual([
    [],
    [`${ID}:article,door,quantity`],
    [`${ID}:article,door,quantity`],
  ]);
  expect(new URL(sent[1]!.url).searchParams.has("door")).toBe(false);
  const keys = sent.map(({ headers }) => headers.get("idempotency-key"));
  expect(keys[1]).toBe(keys[2]);
  expect(keys[0]).not.toBe(keys[1]);
});

test("an earlier choice is shown with who made it, and can be changed", async () => {
  const chosen = { uid: SCOPE.me.uid, by: "Anna", by_kind: "person", at: "2026-11-02T10:00:00Z" };
  const read = headerOf({
    chosen: chosen as FileHeader["chosen"],
    columns: [column("A", "Ding", { meaning: "article" }), column("C", "Zahl")],
  });
  const mine = { ...resultOf([row(2)]), headers: [read] };
  const theirs = {
    ...mine,
    headers: [{ ...read, chosen: { ...chosen, uid: "ben", by: "Ben Gast" } }],
  };
  const sent = uploads(Response.json(mine), Response.json(theirs));
  const { choose, look, user } = opened();
  await choose(csv());
  await look();
  expect(await screen.findByText(/^As you chose on .*2026\.$/)).toBeTruthy();
  await user.selectOptions(screen.getByRole("combobox", { name: "Zahl" }), "Quantity");
  await user.click(screen.getByRole("button", { name: "Read the columns like this" }));
  expect(await screen.findByText(/^As Ben Gast chose on /)).toBeTruthy();
  expect(said(sent[1]!)).toEqual([`${ID}:article,quantity`]);
  await expectAccessible(screen.getByRole("dialog"));
});

test("which row names the columns is chosen", async () => {
  const rows = [
    { id: OTHER, row: 3, names: ["Ding", "Zahl"] },
    { id: "c".repeat(24), row: null, names: [] },
  ];
  const sent = uploads(
    unreadFile(headerOf({ rows })),
    unreadFile(headerOf({ id: OTHER, row: 3, rows: [{ id: ID, row: 1, names: ["Titel"] }] })),
  );
  const { choose, look, user } = opened();
  await choose(csv());
  await look();
  const where = await screen.findByRole("combobox", { name: "Where the columns are named" });
  expect([...(where as HTMLSelectElement).options].map((option) => option.text)).toEqual([
    "In no row",
    "Row 1: Ding, Zahl",
    "Row 3: Ding, Zahl",
  ]);
  await user.selectOptions(where, "Row 3: Ding, Zahl");
  expect(await screen.findByRole("option", { name: "Row 1: Titel" })).toBeTruthy();
  expect(sent.map(said)).toEqual([[], [`${OTHER}:`]]);
});

test("which article a GTIN of two means is asked, and previewed with the answer", async () => {
  const choice = { style_name: "Tee", colour_name: "Black", size_name: "M" };
  const asked = refusedRow(2);
  asked.question = {
    about: "9521000100015",
    choices: [
      { sku: "10123-010-M", ...choice },
      { sku: "10200-001-M", ...choice, style_name: "Sock" },
    ],
  };
  const sent = uploads(previewOf([asked]), previewOf([row(2)]));
  const { choose, look, user } = opened();
  await choose(csv());
  await look();
  await user.click(await screen.findByRole("button", { name: "10200-001-M · Sock, Black, M" }));
  expect(await screen.findByText("1 row as in the file")).toBeTruthy();
  expect(new URL(sent[1]!.url).searchParams.getAll("articles")).toEqual([
    "9521000100015:10200-001-M",
  ]);
});
