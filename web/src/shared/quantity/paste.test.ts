import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTable, placeTable } from "@/shared/quantity/paste";
import { MOST, readPieces } from "@/shared/quantity/pieces";

const everywhere = () => true;
const quoted = (field: string) =>
  /["\t\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

test("a spreadsheet ends the last row, too", () => {
  expect(parseTable("1\t2\r\n3\t4\r\n")).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
});

test("what a spreadsheet copies is read as it was, whatever is in the fields", () => {
  const field = fc.string({ unit: fc.constantFrom("1", "2", "a", '"', "\t", "\n", " ", "é") });
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(field, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
  fc.assert(
    fc.property(table, (fields) => {
      const text = fields.map((row) => row.map(quoted).join("\t")).join("\r\n");
      expect(parseTable(`${text}\r\n`)).toEqual(fields);
    }),
  );
});

test("any text can be pasted, and nothing is lost of it unsaid", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(3), (text, size) => {
      const inside = ({ row, column }: { row: number; column: number }) => row < size && column < 2;
      const { changes, refused, outside } = placeTable(
        parseTable(text),
        { row: 0, column: 0 },
        inside,
      );
      for (const { quantity } of changes) expect(quantity).toBeLessThanOrEqual(MOST);
      const filled = parseTable(text)
        .flat()
        .filter((each) => each.trim() && readPieces(each) !== 0);
      expect(changes.filter((each) => each.quantity).length + refused.length + outside).toBe(
        filled.length,
      );
    }),
  );
});

test("a table lands where it was pasted, cell by cell", () => {
  const quantities = fc.array(fc.array(fc.nat(MOST), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(quantities, fc.nat(9), fc.nat(9), (table, row, column) => {
      const text = table.map((each) => each.join("\t")).join("\n");
      const pasted = placeTable(parseTable(text), { row, column }, everywhere);
      expect(pasted).toEqual({
        changes: table.flatMap((fields, down) =>
          fields.map((quantity, across) => ({
            row: row + down,
            column: column + across,
            quantity,
          })),
        ),
        refused: [],
        outside: 0,
      });
    }),
  );
});

test("empty fields leave what is there, faults are told", () => {
  expect(placeTable([["", "x", "5"]], { row: 0, column: 0 }, everywhere)).toEqual({
    changes: [{ row: 0, column: 2, quantity: 5 }],
    refused: ["x"],
    outside: 0,
  });
});
