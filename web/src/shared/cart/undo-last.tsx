import { Trans } from "@lingui/react/macro";
import { useEffect } from "react";
import styles from "@/shared/cart/save-state.module.css";
import { type OpenCart, useSavingOf } from "@/shared/cart/use-cart";
import { Button } from "@/ui/button";

/** Takes the last action back, by press or Ctrl+Z; says what it was where that is not seen. */
export function UndoLast({ open }: { open: OpenCart }) {
  const { undo } = open.autosave;
  const undoable = useSavingOf(open, (saving) => saving.undoable > 0);
  const done = useSavingOf(open, (saving) => saving.done);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
      if (!isUndo || ownsUndo(event.target)) return;
      event.preventDefault();
      void undo();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [undo]);
  return (
    <>
      <span role="status" className={styles.done}>
        {done}
      </span>
      {undoable && (
        <Button look="quiet" onPress={() => void undo()} aria-keyshortcuts="Control+Z">
          <Trans>Undo</Trans>
        </Button>
      )}
    </>
  );
}

/** Whether a field takes its own letters back; cells of the cart don't. */
function ownsUndo(target: EventTarget | null): boolean {
  const field = target instanceof Element && target.closest("input, textarea, select");
  return Boolean(field && !field.hasAttribute("data-cell"));
}
