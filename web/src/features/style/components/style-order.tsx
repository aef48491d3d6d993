import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Style } from "@/features/style/api/get-style";
import { Places } from "@/features/style/components/places";
import { type Fault, SizeGrid } from "@/features/style/components/size-grid";
import styles from "@/features/style/components/style-order.module.css";
import { StyleTotals } from "@/features/style/components/style-totals";
import { gridOf, openWindows } from "@/features/style/grid";
import { SaveState } from "@/shared/cart/save-state";
import { StartCart } from "@/shared/cart/start-cart";
import { cellKey } from "@/shared/cart/types";
import { type OpenCart, useCart, useCurrentCartId } from "@/shared/cart/use-cart";
import { useScope } from "@/shared/scope";
import { Notice } from "@/ui/notice";

/** Where the style is ordered: for one door and delivery window at a time. */
export function StyleOrder({ style }: { style: Style }) {
  const { t } = useLingui();
  const { doors, mayOrder } = useScope();
  const search = useSearch({ from: "/styles/$style" });
  const navigate = useNavigate({ from: "/styles/$style" });
  const cart = useCurrentCartId();
  const open = useCart(cart);
  const windows = openWindows(style);
  const window = windows.find((each) => each.id === search.window) ?? windows[0];
  const allowed = doors.filter((each) => !each.blocked);
  const door = allowed.find((each) => each.id === search.door) ?? allowed[0];
  const grid = useMemo(() => gridOf(style, window?.id ?? ""), [style, window?.id]);
  const cell = useCallback(
    (sku: string) => ({ sku, door: door?.id ?? "", window: window?.id ?? "" }),
    [door?.id, window?.id],
  );
  const faults = useMemo(() => faultsOf(open), [open]);
  if (!window || !door) {
    return (
      <Notice kind="warning">
        <Trans>This style takes no orders just now.</Trans>
      </Notice>
    );
  }
  const go = (place: { door?: string; window?: string }) =>
    void navigate({ search: { ...search, ...place }, replace: true, resetScroll: false });
  return (
    <section className={styles.order} aria-label={t`Order`}>
      <Places
        style={style}
        windows={windows}
        doors={allowed}
        window={window.id}
        door={door.id}
        open={open}
        onGo={go}
      />
      {mayOrder && cart === null && <StartCart />}
      <SizeGrid
        style={style}
        grid={grid}
        atOnce={window.kind === "at_once"}
        readOnly={!mayOrder || !open}
        quantityOf={(sku) => open?.quantityOf(cell(sku)) ?? 0}
        faultOf={(sku) => faults.get(cellKey(cell(sku)))}
        onEdit={(changes) =>
          open?.autosave.edit(changes.map(({ sku, quantity }) => ({ ...cell(sku), quantity })))
        }
      />
      {open && (
        <div className={styles.foot}>
          <SaveState open={open} />
          <StyleTotals style={style} open={open} />
        </div>
      )}
    </section>
  );
}

/** What the service found wrong, by cell; not of cells that were changed since. */
function faultsOf(open: OpenCart | undefined): Map<string, Fault> {
  const faults = new Map<string, Fault>();
  for (const check of open?.cart.checks ?? []) {
    const index = /^\/lines\/(\d+)/.exec(check.pointer)?.[1];
    const line = index && open?.cart.lines[Number(index)];
    if (line && !open.saving.edits.has(cellKey(line))) faults.set(cellKey(line), check);
  }
  return faults;
}
