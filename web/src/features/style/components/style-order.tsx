import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { Style, Window } from "@/features/style/api/get-style";
import { DeliveryChoice } from "@/features/style/components/delivery-choice";
import type { Fault } from "@/features/style/components/row-faults";
import { SizeGrid } from "@/features/style/components/size-grid";
import styles from "@/features/style/components/style-order.module.css";
import { StyleTotals } from "@/features/style/components/style-totals";
import { gridOf, openWindows } from "@/features/style/grid";
import { useOrdered } from "@/features/style/ordered";
import { useFormat } from "@/i18n/format";
import type { DraftState } from "@/shared/cart/draft";
import { SaveState } from "@/shared/cart/save-state";
import { TransferDialog } from "@/shared/cart/transfer-dialog";
import { type CartLine, cellKey, type Check, type DeliveryKey } from "@/shared/cart/types";
import {
  type OpenCart,
  useCart,
  useCurrentCartId,
  useDraft,
  useSaving,
} from "@/shared/cart/use-cart";
import { Ways } from "@/shared/cart/ways";
import { useLookedUpDoor } from "@/shared/doors";
import { useScope } from "@/shared/scope";
import { Failure, Notice } from "@/ui/notice";

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
  const isLookedFor = useLookedUpDoor(search.door);
  const grid = useMemo(() => gridOf(style, window?.id ?? ""), [style, window?.id]);
  const cell = useCallback(
    (sku: string) => ({ sku, door: door?.id ?? "", window: window?.id ?? "" }),
    [door?.id, window?.id],
  );
  const { draft, state: drafted } = useDraft();
  const ordered = useOrdered(style.style, open, drafted.edits);
  const edits = useSaving(open)?.edits;
  const format = useFormat();
  const today = format.businessDay(new Date());
  const faults = useMemo(() => faultsOf(style.style, open), [style.style, open]);
  const [moving, setMoving] = useState<readonly string[] | null>(null);
  // What is entered must not go to another door than the address says.
  if (isLookedFor) return null;
  if (!window || !door) {
    return (
      <Notice kind="warning">
        <Trans>This style takes no orders just now.</Trans>
      </Notice>
    );
  }
  const go = (delivery: Partial<DeliveryKey>) =>
    void navigate({ search: { ...search, ...delivery }, replace: true, resetScroll: false });
  const editable = open?.cart.may_change ? open : undefined;
  const isDrafting = mayOrder && cart === null;
  const faultOf = (sku: string): Fault | undefined => {
    const found = faults.get(cellKey(cell(sku)));
    // What was entered since is not what was found wrong.
    if (!found || edits?.has(cellKey(cell(sku)))) return undefined;
    return found.check;
  };
  const waysOf = (skus: string[]) => {
    const faulty = skus.flatMap((sku) => faults.get(cellKey(cell(sku))) ?? []);
    return editable && faulty.length > 0 && <Ways open={editable} faulty={faulty} />;
  };
  const here = ordered.filter((each) => each.door === door.id && each.window === window.id);
  return (
    <section className={styles.order} aria-label={t`Order`}>
      <DeliveryChoice
        ordered={ordered}
        windows={windows}
        doors={allowed}
        window={window.id}
        door={door.id}
        open={editable}
        onGo={go}
        onTransfer={() => setMoving(here.map((each) => each.sku))}
      />
      {isDrafting && <DraftNote state={drafted} onRetry={() => void draft.flush()} />}
      {search.window && search.window !== window.id && (
        <Notice kind="warning">
          <WindowGone asked={search.window} shown={window} />
        </Notice>
      )}
      <SizeGrid
        // What could not be read of one delivery is nothing of another.
        key={`${door.id} ${window.id}`}
        style={style}
        grid={grid}
        atOnce={window.kind === "at_once"}
        readOnly={!editable && !isDrafting}
        quantityOf={(sku) => (open?.autosave ?? draft).quantityOf(cell(sku))}
        faultOf={faultOf}
        waysOf={waysOf}
        onEdit={(changes, label) => {
          const lines = changes.map(({ sku, quantity }) => ({ ...cell(sku), quantity }));
          if (editable) editable.autosave.edit(lines, label);
          else if (isDrafting) draft.enter(lines, t`Order of ${today}`);
        }}
        onTransfer={allowed.length > 1 || windows.length > 1 ? setMoving : undefined}
      />
      {moving && editable && (
        <TransferDialog
          open={editable}
          lines={here.filter((each) => moving.includes(each.sku))}
          onClose={() => setMoving(null)}
        />
      )}
      {(open || isDrafting) && (
        <div className={styles.foot}>
          {open && <SaveState open={open} />}
          <StyleTotals style={style} ordered={ordered} cart={open?.cart} />
        </div>
      )}
    </section>
  );
}

/** Where quantities go while there is no cart, and what keeps them from it. */
function DraftNote({ state, onRetry }: { state: DraftState; onRetry: () => void }) {
  if (state.error) return <Failure error={state.error} onRetry={onRetry} />;
  if (state.edits.size > 0) {
    return (
      <p role="status">
        <Trans>Saving…</Trans>
      </p>
    );
  }
  return (
    <Notice>
      <Trans>There is no cart yet. The first quantity that you enter starts one.</Trans>
    </Notice>
  );
}

function WindowGone({ asked, shown }: { asked: string; shown: Window }) {
  const { t } = useLingui();
  const name = shown.kind === "at_once" ? t`At once` : shown.id;
  return (
    <Trans>
      This style takes no orders for {asked}. What you enter is for {name}.
    </Trans>
  );
}

/** What the service found wrong with lines of a style, by cell. */
function faultsOf(style: string, open: OpenCart | undefined) {
  const faults = new Map<string, { line: CartLine; check: Check }>();
  for (const check of open?.cart.checks ?? []) {
    const index = /^\/lines\/(\d+)/.exec(check.pointer)?.[1];
    const line = index && open?.cart.lines[Number(index)];
    if (line && line.style === style) faults.set(cellKey(line), { line, check });
  }
  return faults;
}
