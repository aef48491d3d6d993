import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "@/i18n/format";
import { offersQuery } from "@/shared/cart/look-up";
import { takeable, takeLater } from "@/shared/cart/shortage";
import type { CartLine, Check } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import styles from "@/shared/cart/ways.module.css";
import { useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";

interface Props {
  open: OpenCart;
  /** Each line with the check that it has. */
  faulty: { line: CartLine; check: Check }[];
}

/** What the person can do about a shortage, or about what can't be had any more. */
export function Ways({ open, faulty }: Props) {
  const format = useFormat();
  const { code, data } = faulty[0]!.check;
  const multipleOf = useMultiples(open);
  const change = (quantityOf: (each: Props["faulty"][number]) => number) =>
    open.autosave.edit(
      faulty.map((each) => {
        const { sku, door, window } = each.line;
        return { sku, door, window, quantity: quantityOf(each) };
      }),
    );
  const left = ({ line, check }: Props["faulty"][number]) =>
    takeable({ check }, multipleOf(line.sku));
  const lefts = new Set(faulty.map(left));
  const pieces = format.number(left(faulty[0]!));
  const multiple = code === "not_a_multiple" ? Number(data.multiple) : 0;
  return (
    <span className={styles.ways}>
      {code === "shortage" && Math.max(...lefts) > 0 && (
        <Button onPress={() => change(left)}>
          {lefts.size > 1 ? <Trans>Take what is left</Trans> : <Trans>Take {pieces}</Trans>}
        </Button>
      )}
      {code === "shortage" && <Later open={open} faulty={faulty} />}
      {multiple > 0 && (
        <Button
          onPress={() => change(({ line }) => Math.ceil(line.quantity / multiple) * multiple)}
        >
          <Trans>Round up</Trans>
        </Button>
      )}
      <Button onPress={() => change(() => 0)}>
        <Trans>Drop</Trans>
      </Button>
    </span>
  );
}

/** Moves what is missing to the next delivery that has it. */
function Later({ open, faulty }: Props) {
  const { t } = useLingui();
  const client = useQueryClient();
  const scope = useScopeKey();
  const format = useFormat();
  const multipleOf = useMultiples(open);
  const [note, setNote] = useState("");
  const take = async () => {
    const skus = faulty.map(({ line }) => line.sku);
    const offers = await client.query(offersQuery(scope, skus)).catch(() => null);
    if (!offers) {
      setNote(t`Sellin can't be reached. Please check your connection.`);
      return;
    }
    const later = takeLater(faulty, offers, multipleOf, open.autosave.quantityOf);
    const { pieces } = later;
    open.autosave.edit(
      later.changes,
      t`${plural(pieces, {
        one: "# piece taken in a later delivery",
        other: "# pieces taken in a later delivery",
      })}`,
    );
    const sizes = format.list([...new Set(later.none.map((line) => line.size_name))]);
    setNote(later.none.length ? t`No later delivery has ${sizes}.` : "");
  };
  return (
    <>
      <Button onPress={() => void take()}>
        <Trans>Take later</Trans>
      </Button>
      <span role="status">{note}</span>
    </>
  );
}

function useMultiples({ cart }: OpenCart) {
  return (sku: string) =>
    cart.styles.find((style) => sku.startsWith(`${style.style}-`))?.multiple ?? 1;
}
