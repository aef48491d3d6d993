import { readPieces } from "@/shared/quantity/pieces";

export interface Position {
  row: number;
  column: number;
}

export interface Pasted {
  changes: (Position & { quantity: number })[];
  /** Texts that are no quantity, as they came. */
  refused: string[];
  /** How many filled fields were beyond the grid, or where nothing can be ordered. */
  outside: number;
}

/**
 * The fields of a copied table: rows by line break, columns by tab. Spreadsheets put quotes
 * around a field with a tab or a line break in it, and double the quotes inside.
 */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y;
  while (field.lastIndex < text.length || row.length) {
    const found = field.exec(text);
    if (!found) {
      // A quote inside of a field that has no end; taken as it is.
      return text.split(/\r\n|\r|\n/).map((line) => line.split("\t"));
    }
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] !== "\t") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/**
 * Lays a copied table over a grid, its upper left field at `from`. Empty fields leave what
 * is there.
 */
export function placeTable(
  table: string[][],
  from: Position,
  isCell: (position: Position) => boolean,
): Pasted {
  const pasted: Pasted = { changes: [], refused: [], outside: 0 };
  table.forEach((fields, down) =>
    fields.forEach((field, across) => {
      if (!field.trim()) return;
      const position = { row: from.row + down, column: from.column + across };
      const quantity = readPieces(field);
      if (typeof quantity !== "number") pasted.refused.push(field.trim());
      else if (!isCell(position)) pasted.outside += quantity ? 1 : 0;
      else pasted.changes.push({ ...position, quantity });
    }),
  );
  return pasted;
}
