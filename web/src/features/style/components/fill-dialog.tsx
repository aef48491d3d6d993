import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type SubmitEvent, useState } from "react";
import type { Style } from "@/features/style/api/get-style";
import styles from "@/features/style/components/fill-dialog.module.css";
import { packsOn } from "@/features/style/fill";
import type { GridRow } from "@/features/style/grid";
import type { QuantityChange } from "@/features/style/selection";
import { useFormat } from "@/i18n/format";
import { alongCurve, type Curve, curveStore, usualCurve } from "@/shared/quantity/curve";
import { MOST, readPieces } from "@/shared/quantity/pieces";
import {
  QuantityInput,
  UnreadTexts,
  useQuantityReason,
  useUnread,
} from "@/shared/quantity/quantity-input";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { Select, TextField } from "@/ui/field";

interface Props {
  name: string;
  row: GridRow;
  packs: Style["packs"];
  unit: Style["unit"];
  quantityOf: (sku: string) => number;
  onFill: (changes: QuantityChange[], label: string) => void;
  onClose: () => void;
}

/** Fills a size run: so many pieces along a size curve, or so many pre-packs. */
export function FillDialog(props: Props) {
  const { t } = useLingui();
  const { name, packs, onClose } = props;
  return (
    <Dialog title={t`Fill ${name}`} isOpen onClose={onClose}>
      <ByCurve {...props} />
      {packs.prepacks.length > 0 && <ByPack {...props} />}
    </Dialog>
  );
}

function ByCurve({ row, packs, unit, quantityOf, onFill, onClose }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { me } = useScope();
  const pairs = unit === "PR";
  const skus = row.skus.filter((sku) => sku !== null);
  const sizes = skus.map((sku) => sku.size);
  const store = curveStore(localStorage, me.uid);
  const [curve, setCurve] = useState<Curve>(() => store.read(sizes) ?? usualCurve(sizes));
  const [text, setText] = useState("");
  const reasonOf = useQuantityReason();
  const { unread: unreadShares, tell } = useUnread();
  const unread = text.trim() !== "" && typeof readPieces(text) !== "number";
  const total = piecesOf(text);
  const parts = alongCurve(total, sizes, curve, packs.multiple);
  const rest = total % packs.multiple;
  const multiple = format.number(packs.multiple);
  const ordered = Object.fromEntries(skus.map((sku) => [sku.size, quantityOf(sku.sku)]));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!total) return;
    store.keep(sizes, curve);
    onFill(
      skus.map((sku, index) => ({ sku: sku.sku, quantity: parts[index]! })),
      pairs
        ? t`${plural(total, { one: "# pair filled in by size", other: "# pairs filled in by size" })}`
        : t`${plural(total, { one: "# piece filled in by size", other: "# pieces filled in by size" })}`,
    );
    onClose();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={pairs ? t`Pairs in all` : t`Pieces in all`}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        fault={
          unread
            ? reasonOf(text)
            : rest
              ? t`Packed in steps of ${multiple}; ${rest} of these are no whole pack.`
              : undefined
        }
      />
      <div className={styles.scroll}>
        <table className={styles.curve}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Size</Trans>
              </th>
              {skus.map((sku) => (
                <th key={sku.sku} scope="col">
                  {sku.size_name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                <Trans>Size curve</Trans>
              </th>
              {skus.map((sku) => (
                <td key={sku.sku}>
                  <QuantityInput
                    zero="0"
                    aria-label={t`Share of size ${sku.size_name}`}
                    quantity={curve[sku.size] ?? 0}
                    onQuantity={(share) => setCurve({ ...curve, [sku.size]: share })}
                    onUnread={(text) => tell(sku.sku, text)}
                  />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{pairs ? <Trans>Pairs</Trans> : <Trans>Pieces</Trans>}</th>
              {skus.map((sku, index) => (
                <td key={sku.sku}>{format.number(parts[index] ?? 0)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <UnreadTexts unread={unreadShares} />
      <div className={styles.curves}>
        <Button look="quiet" onPress={() => setCurve(usualCurve(sizes))}>
          <Trans>Usual curve</Trans>
        </Button>
        {Object.values(ordered).some((quantity) => quantity > 0) && (
          <Button look="quiet" onPress={() => setCurve(ordered)}>
            <Trans>As this row is filled now</Trans>
          </Button>
        )}
      </div>
      <p className={styles.hint}>
        <Trans>The curve is kept for these sizes, for you and on this device.</Trans>
      </p>
      <Actions>
        <Button onPress={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="main" isDisabled={!total || unreadShares.size > 0}>
          {pairs ? (
            <Plural value={total} one="Fill in # pair" other="Fill in # pairs" />
          ) : (
            <Plural value={total} one="Fill in # piece" other="Fill in # pieces" />
          )}
        </Button>
      </Actions>
    </form>
  );
}

function ByPack({ row, packs, quantityOf, onFill, onClose }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const [code, setCode] = useState(packs.prepacks[0]!.code);
  const [text, setText] = useState("1");
  const pack = packs.prepacks.find((each) => each.code === code)!;
  const reasonOf = useQuantityReason();
  const unread = text.trim() !== "" && typeof readPieces(text) !== "number";
  const times = piecesOf(text);
  const changes = packsOn(row, pack.quantities, times, quantityOf);
  const fits = changes.every((change) => change.quantity <= MOST);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!times || !fits) return;
    onFill(changes, t`${plural(times, { one: "# pack added", other: "# packs added" })}`);
    onClose();
  };
  const contents = (quantities: Record<string, number>) =>
    format.list(
      Object.entries(quantities).map(([size, count]) => `${size} ${format.number(count)}`),
    );
  return (
    <form className={styles.packs} onSubmit={submit}>
      <TextField
        label={t`How many packs`}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        fault={unread ? reasonOf(text) : undefined}
      />
      <Select
        label={t`Pre-pack`}
        value={code}
        onChange={setCode}
        options={packs.prepacks.map((each) => ({
          value: each.code,
          label: `${each.code}: ${contents(each.quantities)}`,
        }))}
      />
      <Button type="submit" isDisabled={!times || !fits}>
        <Plural value={times} one="Add # pack" other="Add # packs" />
      </Button>
    </form>
  );
}

function piecesOf(text: string): number {
  const read = readPieces(text);
  return typeof read === "number" ? read : 0;
}
