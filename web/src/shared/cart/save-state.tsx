import { Trans, useLingui } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import type { OpenCart } from "@/shared/cart/use-cart";
import { useScope } from "@/shared/scope";
import styles from "@/shared/cart/save-state.module.css";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Failure } from "@/ui/notice";

/** Says whether everything is saved; asks where two people changed the same. */
export function SaveState({ open }: { open: OpenCart }) {
  return (
    <>
      <p role="status" className={`${styles.state} ${styles[open.saving.state]}`}>
        <StateText open={open} />
      </p>
      {open.saving.state === "refused" && (
        <div className={styles.refused}>
          <Failure error={open.saving.error} />
          <Button onPress={open.autosave.discard}>
            <Trans>Take back what is not saved</Trans>
          </Button>
        </div>
      )}
      <Conflicts open={open} />
    </>
  );
}

function StateText({ open: { saving } }: { open: OpenCart }) {
  const format = useFormat();
  const savedAt = saving.savedAt && format.time(saving.savedAt);
  switch (saving.state) {
    case "saved":
      return savedAt ? <Trans>Saved at {savedAt}</Trans> : <Trans>All saved</Trans>;
    case "waiting":
    case "saving":
      return <Trans>Saving…</Trans>;
    case "offline":
      return <Trans>Not connected. Your entries are kept on this device and saved later.</Trans>;
    case "conflict":
      return <Trans>Changed by two people. Please choose.</Trans>;
    case "refused":
      return <Trans>Not saved</Trans>;
  }
}

function Conflicts({ open: { saving, autosave, cart } }: { open: OpenCart }) {
  const { t } = useLingui();
  const format = useFormat();
  const { doors } = useScope();
  return (
    <Dialog
      title={t`Somebody else changed the same quantities`}
      isOpen={saving.conflicts.length > 0}
    >
      <p>
        <Trans>In the cart “{cart.name}”. Which quantity shall it have?</Trans>
      </p>
      <ul className={styles.conflicts}>
        {saving.conflicts.map((conflict) => {
          const door = doors.find((each) => each.id === conflict.door)?.name ?? conflict.door;
          const mine = format.number(conflict.mine);
          const theirs = format.number(conflict.theirs);
          const by = conflict.by;
          return (
            <li key={`${conflict.sku} ${conflict.door} ${conflict.window}`}>
              <span>
                <strong>{conflict.sku}</strong>
                <br />
                {door} · {conflict.window}
              </span>
              <Button onPress={() => autosave.resolve(conflict, "mine")}>
                <Trans>Mine: {mine}</Trans>
              </Button>
              <Button onPress={() => autosave.resolve(conflict, "theirs")}>
                {by ? (
                  <Trans>
                    {by}: {theirs}
                  </Trans>
                ) : (
                  <Trans>Theirs: {theirs}</Trans>
                )}
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
