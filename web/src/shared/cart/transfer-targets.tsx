import { Trans, useLingui } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import type { Window } from "@/shared/cart/look-up";
import type { Target, Way } from "@/shared/cart/transfer";
import styles from "@/shared/cart/transfer-dialog.module.css";
import { DoorField } from "@/shared/door-field";
import { QuantityInput, UnreadTexts, useUnread } from "@/shared/quantity/quantity-input";
import { divide } from "@/shared/quantity/divide";
import { type Door, useScope } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { Select } from "@/ui/field";

/** What the person chose; an empty door or window is the one that each line has. */
export interface Choice {
  way: Way;
  /** For moving. */
  door: string;
  window: string;
  /** For copying and splitting: several doors in one window, or several windows for one door. */
  over: "door" | "window";
  several: string[];
  by: "evenly" | "percent";
  percents: Record<string, number>;
}

/**
 * Begins with nothing to move to, and with all doors to copy to or split over: with none where
 * there are more of them than are known.
 */
export function startChoice(doors: Door[], windows: Window[], moreDoors: boolean): Choice {
  const over = doors.length > 1 ? "door" : "window";
  const several = over === "window" ? windows : moreDoors ? [] : doors;
  return {
    way: "move",
    door: "",
    window: "",
    over,
    several: several.map((each) => each.id),
    by: "evenly",
    percents: evenPercents(several.map((each) => each.id)),
  };
}

export function targetsOf(choice: Choice): Target[] {
  const { way, door, window, over, several, by, percents } = choice;
  if (way === "move") return [{ door: door || null, window: window || null, weight: 1 }];
  return several.map((id) => ({
    door: over === "door" ? id : door || null,
    window: over === "window" ? id : window || null,
    weight: way === "split" && by === "percent" ? (percents[id] ?? 0) : 1,
  }));
}

/** Whether percents, where they are asked for, make a whole. */
export function isComplete({ way, by, several, percents }: Choice): boolean {
  return way !== "split" || by === "evenly" || sumOf(several, percents) === 100;
}

interface Props {
  choice: Choice;
  doors: Door[];
  windows: Window[];
  /** That go to each target. */
  pieces: number[];
  onChoice: (choice: Choice) => void;
}

/** Where it goes, and for splitting, how much of it. */
export function TransferTargets(props: Props) {
  const { choice, doors, windows, onChoice } = props;
  const { t } = useLingui();
  const { moreDoors } = useScope();
  const windowName = useWindowName();
  const door = (
    <DoorField
      label={t`Door`}
      value={choice.door}
      onChange={(id) => onChoice({ ...choice, door: id })}
      none={t`Each its own`}
    />
  );
  const window = (
    <Select
      label={t`Delivery`}
      value={choice.window}
      onChange={(id) => onChoice({ ...choice, window: id })}
      options={[
        { value: "", label: t`Each its own` },
        ...windows.map((each) => ({ value: each.id, label: windowName(each) })),
      ]}
    />
  );
  if (choice.way === "move") {
    return (
      <div className={styles.places}>
        {door}
        {window}
      </div>
    );
  }
  const turn = (over: Choice["over"]) => {
    const several = (over === "door" ? doors : windows).map((each) => each.id);
    onChoice({ ...choice, over, several, percents: evenPercents(several), door: "", window: "" });
  };
  return (
    <>
      <fieldset className={styles.choices}>
        <legend>
          {choice.way === "copy" ? <Trans>To several</Trans> : <Trans>Between several</Trans>}
        </legend>
        <label>
          <input
            type="radio"
            name="over"
            checked={choice.over === "door"}
            onChange={() => turn("door")}
          />
          <Trans>doors</Trans>
        </label>
        <label>
          <input
            type="radio"
            name="over"
            checked={choice.over === "window"}
            onChange={() => turn("window")}
          />
          <Trans>deliveries</Trans>
        </label>
      </fieldset>
      {choice.way === "split" && <Shares choice={choice} onChoice={onChoice} />}
      {choice.over === "door" && moreDoors && <AddDoor {...props} />}
      <Several {...props} />
      {choice.over === "door" ? window : door}
    </>
  );
}

function Shares({ choice, onChoice }: Pick<Props, "choice" | "onChoice">) {
  return (
    <fieldset className={styles.choices}>
      <legend>
        <Trans>How much each gets</Trans>
      </legend>
      <label>
        <input
          type="radio"
          name="by"
          checked={choice.by === "evenly"}
          onChange={() => onChoice({ ...choice, by: "evenly" })}
        />
        <Trans>the same</Trans>
      </label>
      <label>
        <input
          type="radio"
          name="by"
          checked={choice.by === "percent"}
          onChange={() =>
            onChoice({ ...choice, by: "percent", percents: evenPercents(choice.several) })
          }
        />
        <Trans>by percent</Trans>
      </label>
    </fieldset>
  );
}

/** Of more doors than the list holds, those that are found are added to it. */
function AddDoor({ choice, onChoice }: Props) {
  const { t } = useLingui();
  const add = (id: string) => {
    const several = [...new Set([...choice.several, id])];
    onChoice({ ...choice, several, percents: evenPercents(several) });
  };
  return <DoorField label={t`Add a door`} value="" onChange={add} />;
}

function Several({ choice, doors, windows, pieces, onChoice }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const windowName = useWindowName();
  const items =
    choice.over === "door"
      ? doors.map((door) => ({ id: door.id, name: door.name }))
      : windows.map((window) => ({ id: window.id, name: windowName(window) }));
  const percent = choice.way === "split" && choice.by === "percent";
  const toggle = (id: string) => {
    const kept = choice.several.includes(id)
      ? choice.several.filter((each) => each !== id)
      : items.map((item) => item.id).filter((each) => each === id || choice.several.includes(each));
    onChoice({ ...choice, several: kept, percents: evenPercents(kept) });
  };
  const { unread, tell } = useUnread();
  const together = sumOf(choice.several, choice.percents);
  return (
    <>
      <ul className={styles.several}>
        {items.map(({ id, name }) => {
          const index = choice.several.indexOf(id);
          const share = format.number(pieces[index] ?? 0);
          return (
            <li key={id}>
              <label>
                <input type="checkbox" checked={index >= 0} onChange={() => toggle(id)} />
                {name}
              </label>
              {percent && index >= 0 && (
                <label className={styles.percent}>
                  <QuantityInput
                    zero="0"
                    aria-label={t`Percent for ${name}`}
                    quantity={choice.percents[id] ?? 0}
                    onQuantity={(percent) =>
                      onChoice({ ...choice, percents: { ...choice.percents, [id]: percent } })
                    }
                    onUnread={(text) => tell(id, text)}
                  />
                  %
                </label>
              )}
              <span>{index >= 0 && `+${share}`}</span>
            </li>
          );
        })}
      </ul>
      {percent && <UnreadTexts unread={unread} />}
      {percent && together !== 100 && (
        <p role="alert" className={styles.fault}>
          <Trans>Together {together} %; it must be 100 %.</Trans>
        </p>
      )}
    </>
  );
}

function evenPercents(ids: string[]): Record<string, number> {
  const parts = divide(
    100,
    ids.map(() => 1),
  );
  return Object.fromEntries(ids.map((id, index) => [id, parts[index]!]));
}

const sumOf = (ids: string[], percents: Record<string, number>) =>
  ids.reduce((sum, id) => sum + (percents[id] ?? 0), 0);
