import { Trans, useLingui } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import type { CellConflict } from "@/shared/cart/autosave";
import styles from "@/shared/cart/save-state.module.css";
import { type OpenCart, useSavingOf } from "@/shared/cart/use-cart";
import { useScope } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";

/** Shows both quantities of each cell that two people changed; one of them is to be chosen. */
export function Conflicts({ open }: { open: OpenCart }) {
  const { t } = useLingui();
  const { autosave, cart } = open;
  const { me } = useScope();
  const conflicts = useSavingOf(open, (saving) => saving.conflicts);
  const isOwn = conflicts.every(({ uid }) => uid === me.uid);
  const isOthers = conflicts.some(({ uid }) => uid !== null && uid !== me.uid);
  const title = isOwn
    ? t`You changed the same quantities in another window or on another device`
    : isOthers
      ? t`Somebody else changed the same quantities`
      : t`The same quantities were changed elsewhere`;
  return (
    <Dialog title={title} isOpen={conflicts.length > 0}>
      <p>
        <Trans>In the cart “{cart.name}”. Which quantity shall it have?</Trans>
      </p>
      <ul className={styles.conflicts}>
        {conflicts.map((conflict) => (
          <Conflict
            key={`${conflict.sku} ${conflict.door} ${conflict.window}`}
            open={open}
            conflict={conflict}
          />
        ))}
      </ul>
      {conflicts.length > 1 && (
        <Actions>
          <Button onPress={() => autosave.resolve(conflicts, "mine")}>
            {isOwn ? <Trans>From here everywhere</Trans> : <Trans>Mine everywhere</Trans>}
          </Button>
          <Button onPress={() => autosave.resolve(conflicts, "theirs")}>
            {isOwn ? <Trans>From there everywhere</Trans> : <Trans>Theirs everywhere</Trans>}
          </Button>
        </Actions>
      )}
    </Dialog>
  );
}

function Conflict({ open, conflict }: { open: OpenCart; conflict: CellConflict }) {
  const windowName = useWindowName();
  const format = useFormat();
  const { doors, me } = useScope();
  const { autosave, cart } = open;
  const line = cart.lines.find((each) => each.sku === conflict.sku);
  const delivery = cart.deliveries.find((each) => each.window === conflict.window);
  const door = doors.find((each) => each.id === conflict.door)?.name ?? conflict.door;
  const window = windowName(delivery ?? conflict);
  const mine = format.number(conflict.mine);
  const theirs = format.number(conflict.theirs);
  const by = conflict.by;
  const isOwn = conflict.uid === me.uid;
  return (
    <li>
      <span>
        <strong>
          {line ? `${line.style_name}, ${line.colour_name}, ${line.size_name}` : conflict.sku}
        </strong>
        <br />
        {door} · {window}
      </span>
      <Button onPress={() => autosave.resolve([conflict], "mine")}>
        {isOwn ? <Trans>Entered here: {mine}</Trans> : <Trans>Mine: {mine}</Trans>}
      </Button>
      <Button onPress={() => autosave.resolve([conflict], "theirs")}>
        {isOwn ? (
          <Trans>Entered there: {theirs}</Trans>
        ) : by ? (
          <Trans>
            {by}: {theirs}
          </Trans>
        ) : (
          <Trans>Theirs: {theirs}</Trans>
        )}
      </Button>
    </li>
  );
}
