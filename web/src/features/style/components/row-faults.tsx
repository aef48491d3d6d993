import type { ReactNode } from "react";
import styles from "@/features/style/components/size-grid.module.css";
import type { GridRow } from "@/features/style/grid";

export interface Fault {
  severity: "error" | "warning";
  detail: string;
  code: string;
}

interface Props {
  id: string;
  row: GridRow;
  faultOf: (sku: string) => Fault | undefined;
  /** What can be done about the same fault of these SKUs. */
  waysOf?: ((skus: string[]) => ReactNode) | undefined;
  span: number;
}

/** What is wrong with cells of a row, right below them. */
export function RowFaults({ id, row, faultOf, waysOf, span }: Props) {
  const faulty = row.skus.flatMap((sku) => {
    const fault = sku && faultOf(sku.sku);
    return fault ? [{ sku, fault }] : [];
  });
  if (!faulty.length) return null;
  const codes = [...new Set(faulty.map(({ fault }) => fault.code))];
  return (
    <tr className={styles.faults}>
      <td colSpan={span}>
        {codes.map((code) => {
          const same = faulty.filter(({ fault }) => fault.code === code);
          return (
            <div key={code} className={styles.group}>
              <ul>
                {same.map(({ sku, fault }) => (
                  <li key={sku.sku} id={`${id}-${sku.sku}`} data-severity={fault.severity}>
                    <strong>{sku.size_name}</strong> {fault.detail}
                  </li>
                ))}
              </ul>
              {waysOf?.(same.map(({ sku }) => sku.sku))}
            </div>
          );
        })}
      </td>
    </tr>
  );
}
