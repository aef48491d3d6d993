/** The most pieces that a line of a cart takes. */
export const MOST = 99_999;

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
 * A quantity as people and spreadsheets write it: "12", " 12 ", "12,00", "1 200".
 *
 * Undefined for what is none, "1.200" too, which is a thousand to some and one to others.
 */
export function parseQuantity(text: string): number | undefined {
  const plain = text.trim().replace(/(?<=\d)[\s']+(?=\d{3}(\D|$))/gu, "");
  const found = /^(\d{1,5})(?:[.,]0{1,2})?$/.exec(plain);
  return found ? Number(found[1]) : undefined;
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
      const quantity = parseQuantity(field);
      if (quantity === undefined) pasted.refused.push(field.trim());
      else if (!isCell(position)) pasted.outside += quantity ? 1 : 0;
      else pasted.changes.push({ ...position, quantity });
    }),
  );
  return pasted;
}
