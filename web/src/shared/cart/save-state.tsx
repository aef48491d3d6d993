import { Trans } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import { Conflicts } from "@/shared/cart/conflicts";
import styles from "@/shared/cart/save-state.module.css";
import { UndoLast } from "@/shared/cart/undo-last";
import { type OpenCart, useSavingOf } from "@/shared/cart/use-cart";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

/** Says whether everything is saved, takes back; asks where the same was changed elsewhere. */
export function SaveState({ open }: { open: OpenCart }) {
  const state = useSavingOf(open, (saving) => saving.state);
  return (
    <>
      <div className={styles.line}>
        <p role="status" className={`${styles.state} ${styles[state]}`}>
          <StateText open={open} />
        </p>
        <UndoLast open={open} />
      </div>
      {state === "refused" && <Refused open={open} />}
      <Conflicts open={open} />
    </>
  );
}

function StateText({ open }: { open: OpenCart }) {
  const format = useFormat();
  const state = useSavingOf(open, (saving) => saving.state);
  const at = useSavingOf(open, (saving) => saving.savedAt);
  const savedAt = at && format.time(at);
  switch (state) {
    case "saved":
      return savedAt ? <Trans>Saved at {savedAt}</Trans> : <Trans>All saved</Trans>;
    case "waiting":
    case "saving":
      return <Trans>Saving…</Trans>;
    case "offline":
      return <Trans>Not connected. Your entries are kept on this device and saved later.</Trans>;
    case "conflict":
      return <Trans>Changed in two places. Please choose.</Trans>;
    case "refused":
      return <Trans>Not saved</Trans>;
  }
}

function Refused({ open }: { open: OpenCart }) {
  const format = useFormat();
  const error = useSavingOf(open, (saving) => saving.error);
  const refused = useSavingOf(open, (saving) => saving.refused);
  const skus = format.list([...new Set(refused.map((cell) => cell.sku))].slice(0, 5));
  return (
    <div className={styles.refused}>
      <Failure error={error} />
      {refused.length > 0 && <p>{skus}</p>}
      <Button onPress={open.autosave.discard}>
        {refused.length ? (
          <Trans>Take back what is refused</Trans>
        ) : (
          <Trans>Take back what is not saved</Trans>
        )}
      </Button>
    </div>
  );
}
