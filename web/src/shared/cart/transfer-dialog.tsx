import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useMemo, useState } from "react";
import { useFormat } from "@/i18n/format";
import { type Offers, offersQuery } from "@/shared/cart/look-up";
import { transfer, type Way } from "@/shared/cart/transfer";
import styles from "@/shared/cart/transfer-dialog.module.css";
import {
  type Choice,
  isComplete,
  startChoice,
  targetsOf,
  TransferTargets,
} from "@/shared/cart/transfer-targets";
import type { LineChange } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { byName } from "@/shared/doors";
import { unitOf, useCounted } from "@/shared/quantity/counted";
import { useScope, useScopeKey } from "@/shared/scope";
import { partsOf } from "@/shared/sku";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { Failure } from "@/ui/notice";

interface Props {
  open: OpenCart;
  /** What is moved, copied or split, with its quantities. */
  lines: readonly LineChange[];
  onClose: () => void;
}

/** Moves, copies or splits pieces between doors and delivery windows. */
export function TransferDialog({ open, lines, onClose }: Props) {
  const { t } = useLingui();
  const skus = lines.map((line) => line.sku);
  const { data: offers, error, refetch } = useQuery(offersQuery(useScopeKey(), skus));
  return (
    <Dialog title={t`Move, copy or split`} isOpen onClose={onClose}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!offers && !error && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {offers && <TransferForm open={open} lines={lines} offers={offers} onClose={onClose} />}
    </Dialog>
  );
}

function TransferForm({ open, lines, offers, onClose }: Props & { offers: Offers }) {
  const { t } = useLingui();
  const counted = useCounted();
  const { doors, moreDoors } = useScope();
  const format = useFormat();
  const allowed = byName(doors, format).filter((door) => !door.blocked);
  const [choice, setChoice] = useState<Choice>(() =>
    startChoice(allowed, offers.windows, moreDoors),
  );
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0);
  const multiples = useMemo(
    () => new Map(open.cart.styles.map((style) => [style.style, style.multiple])),
    [open.cart],
  );
  const targets = targetsOf(choice);
  const done = transfer({
    lines,
    way: choice.way,
    targets,
    quantityOf: open.autosave.quantityOf,
    multipleOf: (sku) => multiples.get(partsOf(sku).style) ?? 1,
    isOffered: offers.isOffered,
  });
  const unit = unitOf(open.cart, lines);
  const chosen = counted(pieces, unit);
  const staying = counted(done.staying, unit);
  const going = counted(
    done.pieces.reduce((sum, each) => sum + each, 0),
    unit,
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const label = {
      move: t`Moved: ${going}`,
      copy: t`Copied: ${going}`,
      split: t`Split: ${going}`,
    }[choice.way];
    open.autosave.edit(done.changes, label);
    onClose();
  };
  const ways: [Way, string][] = [
    ["move", t`Move`],
    ["copy", t`Copy`],
    ["split", t`Split`],
  ];
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>
        <Trans>{chosen} chosen</Trans>
      </p>
      <fieldset className={styles.choices}>
        <legend>
          <Trans>What to do</Trans>
        </legend>
        {ways.map(([way, label]) => (
          <label key={way}>
            <input
              type="radio"
              name="way"
              checked={choice.way === way}
              onChange={() => setChoice({ ...choice, way })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <TransferTargets
        choice={choice}
        doors={allowed}
        windows={offers.windows}
        pieces={done.pieces}
        onChoice={setChoice}
      />
      <p role="status" className={styles.result}>
        {done.staying > 0 && (
          <Trans>Stays where it is, since it is not offered there: {staying}</Trans>
        )}
      </p>
      <Actions>
        <Button onPress={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="main" isDisabled={!done.changes.length || !isComplete(choice)}>
          {choice.way === "move" && <Trans>Move {going}</Trans>}
          {choice.way === "copy" && <Trans>Copy {going}</Trans>}
          {choice.way === "split" && <Trans>Split {going}</Trans>}
        </Button>
      </Actions>
    </form>
  );
}
