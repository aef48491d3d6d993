import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Window } from "@/features/style/api/get-style";
import styles from "@/features/style/components/style-order.module.css";
import { type Ordered, piecesByDelivery } from "@/features/style/ordered";
import { useFormat } from "@/i18n/format";
import type { DeliveryKey } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { DoorField } from "@/shared/door-field";
import type { Door } from "@/shared/scope";
import { Button } from "@/ui/button";

interface Props {
  /** Of the style, in the whole cart. */
  ordered: Ordered;
  windows: Window[];
  doors: Door[];
  window: string;
  door: string;
  /** Undefined for whoever may not change the cart. */
  open: OpenCart | undefined;
  onGo: (delivery: Partial<DeliveryKey>) => void;
  onTransfer: () => void;
}

/** Chooses door and delivery window, and shows which have pieces of the style already. */
export function DeliveryChoice(props: Props) {
  const { ordered, windows, doors, window, door, open, onGo, onTransfer } = props;
  const { t } = useLingui();
  const format = useFormat();
  const pieces = piecesByDelivery(ordered);
  const label = (each: Window) => (each.kind === "at_once" ? t`At once` : each.id);
  const chosen = windows.find((each) => each.id === window);
  const dates = chosen && format.dates(chosen.ship_from, chosen.ship_to);
  const cutOff = chosen && format.date(chosen.cut_off);
  const others = [...pieces].filter(([key]) => key !== `${door}\n${window}`);
  return (
    <div className={styles.places}>
      <DoorField
        className={styles.door}
        label={t`Deliver to`}
        value={door}
        onChange={(id) => onGo({ door: id })}
      />
      <fieldset className={styles.windows}>
        <legend>
          <Trans>Delivery</Trans>
        </legend>
        {windows.map((each) => (
          <label key={each.id} className={styles.window}>
            <input
              type="radio"
              name="window"
              checked={each.id === window}
              onChange={() => onGo({ window: each.id })}
            />
            {label(each)}
            {pieces.has(`${door}\n${each.id}`) && (
              <span className={styles.badge}>
                {format.number(pieces.get(`${door}\n${each.id}`) ?? 0)}
              </span>
            )}
          </label>
        ))}
      </fieldset>
      {chosen && (
        <p className={styles.note}>
          <Trans>
            Ships {dates}, orders until {cutOff}
          </Trans>
        </p>
      )}
      {others.length > 0 && (
        <div className={styles.taken}>
          {others.map(([key, count]) => {
            const [toDoor = "", toWindow = ""] = key.split("\n");
            const delivery = open?.cart.deliveries.find((each) => each.door === toDoor);
            const known = doors.find((each) => each.id === toDoor);
            const name = known?.name ?? delivery?.door_name ?? toDoor;
            const there = windows.find((each) => each.id === toWindow);
            return (
              <Button
                key={key}
                look="quiet"
                onPress={() => onGo({ door: toDoor, window: toWindow })}
              >
                {name} · {there ? label(there) : toWindow}: {format.number(count)}
              </Button>
            );
          })}
        </div>
      )}
      {open && (pieces.get(`${door}\n${window}`) ?? 0) > 0 && (
        <>
          {doors.length > 1 && (
            <Repeat ordered={ordered} doors={doors} window={window} door={door} open={open} />
          )}
          {(doors.length > 1 || windows.length > 1) && (
            <Button onPress={onTransfer}>
              <Trans>Move, copy or split</Trans>
            </Button>
          )}
        </>
      )}
    </div>
  );
}

type RepeatProps = Pick<Props, "ordered" | "doors" | "window" | "door"> & { open: OpenCart };

/** Orders the same quantities for another door. */
function Repeat({ ordered, doors, window, door, open }: RepeatProps) {
  const { t } = useLingui();
  const [target, setTarget] = useState("");
  const repeat = (to: string) => {
    setTarget("");
    const name = doors.find((each) => each.id === to)?.name ?? to;
    open.autosave.edit(
      ordered
        .filter((cell) => cell.door === door && cell.window === window)
        .map((cell) => ({ ...cell, door: to })),
      t`Same quantities for ${name}`,
    );
  };
  return (
    <DoorField
      className={`${styles.door} ${styles.repeat}`}
      label={t`Same quantities for`}
      value={target}
      onChange={repeat}
      none={t`Choose a door`}
      except={door}
    />
  );
}
