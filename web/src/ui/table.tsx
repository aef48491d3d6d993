import type { Key, ReactNode } from "react";
import styles from "@/ui/table.module.css";

export interface Column<T> {
  name: string;
  cell: (item: T) => ReactNode;
  /** `head` is what the row is called, `text` needs room; what is `tight` is in one line. */
  kind?: "head" | "figure" | "text" | "tight";
}

export interface Rows<T> {
  caption: ReactNode;
  columns: readonly Column<T>[];
  items: readonly T[];
  keyOf: (item: T) => Key;
}

/** A row for each item; where there is no room for columns, each value stands below its name. */
export function Table<T>({ caption, columns, items, keyOf }: Rows<T>) {
  return (
    <div className={styles.box} tabIndex={0}>
      <table className={styles.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, kind }) => (
              <th key={name} scope="col" className={kind && styles[kind]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map((column) => (
                <Cell key={column.name} column={column} item={item} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<T>({ column: { name, cell, kind }, item }: { column: Column<T>; item: T }) {
  if (kind === "head") {
    return (
      <th scope="row" className={styles.head}>
        {cell(item)}
      </th>
    );
  }
  return (
    <td className={kind && styles[kind]} data-name={name}>
      {cell(item)}
    </td>
  );
}
