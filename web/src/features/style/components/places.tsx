import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Style, Window } from "@/features/style/api/get-style";
import styles from "@/features/style/components/style-order.module.css";
import { useFormat } from "@/i18n/format";
import { cellOf } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import type { Door } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";

interface Props {
  style: Style;
  windows: Window[];
  doors: Door[];
  window: string;
  door: string;
  open: OpenCart | undefined;
  onGo: (place: { door?: string; window?: string }) => void;
}

/** Chooses door and delivery window, and shows which have pieces of the style already. */
export function Places({ style, windows, doors, window, door, open, onGo }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const pieces = piecesByPlace(style, open);
  const label = (each: Window) => (each.kind === "at_once" ? t`At once` : each.id);
  const chosen = windows.find((each) => each.id === window);
  const dates = chosen && format.dates(chosen.ship_from, chosen.ship_to);
  const cutOff = chosen && format.date(chosen.cut_off);
  const others = [...pieces].filter(([key]) => key !== `${door}\n${window}`);
  return (
    <div className={styles.places}>
      <Select
        className={styles.door!}
        label={t`Deliver to`}
        value={door}
        onChange={(id) => onGo({ door: id })}
        options={doors.map((each) => ({ value: each.id, label: each.name }))}
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
            const name = doors.find((each) => each.id === toDoor)?.name ?? toDoor;
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
      {open && (pieces.get(`${door}\n${window}`) ?? 0) > 0 && doors.length > 1 && (
        <Repeat style={style} doors={doors} window={window} door={door} open={open} />
      )}
    </div>
  );
}

type RepeatProps = Pick<Props, "style" | "doors" | "window" | "door"> & { open: OpenCart };

/** Orders the same quantities for another door. */
function Repeat({ style, doors, window, door, open }: RepeatProps) {
  const { t } = useLingui();
  const [target, setTarget] = useState("");
  const repeat = (to: string) => {
    setTarget("");
    const skus = style.colourways.flatMap((colourway) => colourway.sizes.map((each) => each.sku));
    open.autosave.edit(
      skus
        .map((sku) => ({ sku, door: to, window, quantity: open.quantityOf({ sku, door, window }) }))
        .filter((line) => line.quantity > 0),
    );
  };
  return (
    <Select
      className={styles.door!}
      label={t`Same quantities for`}
      value={target}
      onChange={repeat}
      options={[
        { value: "", label: t`Choose a door` },
        ...doors
          .filter((each) => each.id !== door)
          .map((each) => ({ value: each.id, label: each.name })),
      ]}
    />
  );
}

/** Pieces of the style by door and window, with what is not saved yet. */
function piecesByPlace(style: Style, open: OpenCart | undefined): Map<string, number> {
  const pieces = new Map<string, number>();
  if (!open) return pieces;
  const own = (sku: string) => sku.startsWith(`${style.style}-`);
  const cells = new Map(
    [...open.cart.lines, ...[...open.saving.edits.keys()].map(cellOf)].map((cell) => [
      `${cell.sku}\n${cell.door}\n${cell.window}`,
      cell,
    ]),
  );
  for (const cell of cells.values()) {
    const quantity = own(cell.sku) ? open.quantityOf(cell) : 0;
    const place = `${cell.door}\n${cell.window}`;
    if (quantity) pieces.set(place, (pieces.get(place) ?? 0) + quantity);
  }
  return pieces;
}
