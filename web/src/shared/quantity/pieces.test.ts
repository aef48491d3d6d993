import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPieces } from "@/shared/quantity/pieces";

const vectors = JSON.parse(readFileSync("../tests/vectors/quantities.json", "utf8")) as [
  text: string,
  read: number | string,
][];

test.each(vectors)("%j is read as the services read it: %j", (text, read) => {
  expect(readPieces(text)).toBe(read);
});
