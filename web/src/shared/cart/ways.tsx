import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useFormat } from "@/i18n/format";
import { changeLines } from "@/shared/cart/change-lines";
import { createCart } from "@/shared/cart/create-cart";
import { offersQuery } from "@/shared/cart/look-up";
import { type Short, takeable, takeLater, takeOn, wholeOn } from "@/shared/cart/shortage";
import type { CartLine, Check } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import styles from "@/shared/cart/ways.module.css";
import { unitOf, useCounted } from "@/shared/quantity/counted";
import { useScopeKey } from "@/shared/scope";
import { partsOf } from "@/shared/sku";
import { Button } from "@/ui/button";

/** Letters that a cart's name has at most. */
const MOST_NAME = 80;

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

/**
 * Moves what is missing, and nothing else, to when it can be had: to a cart for the later day
 * that stands beside it, else to the next delivery window that offers it.
 */
function Later({ open, faulty }: Props) {
  const { t } = useLingui();
  const [note, setNote] = useState("");
  const [isTaking, setTaking] = useState(false);
  const takeOnDay = useTakeOnDay(open);
  const takeInWindow = useTakeInWindow(open);
  const take = async () => {
    setTaking(true);
    const dated = faulty.filter((each) => wholeOn(each) !== null);
    const rest = faulty.filter((each) => wholeOn(each) === null);
    try {
      if (dated.length) await takeOnDay(dated);
      setNote(rest.length ? await takeInWindow(rest) : "");
    } catch {
      setNote(t`Sellin can't be reached. Please check your connection.`);
    } finally {
      setTaking(false);
    }
  };
  return (
    <>
      <Button isDisabled={isTaking} onPress={() => void take()}>
        <Trans>Take later</Trans>
      </Button>
      <span role="status">{note}</span>
    </>
  );
}

/** Makes a cart of what is missing, to be ordered for the day on which there is enough. */
function useTakeOnDay(open: OpenCart) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [company] = useScopeKey();
  const format = useFormat();
  const multipleOf = useMultiples(open);
  // A repetition fills the same cart once.
  const key = useRef(crypto.randomUUID());
  return async (dated: Short[]) => {
    const { day, missing, kept } = takeOn(dated, multipleOf);
    const on = format.date(day);
    const name = t`${open.cart.name}, from ${on}`.slice(-MOST_NAME);
    const cart = await createCart(company, name, key.current);
    await changeLines(cart.id, cart.etag, missing, `${key.current}-lines`, company);
    key.current = crypto.randomUUID();
    void client.invalidateQueries({ queryKey: [company, "carts"] });
    void client.invalidateQueries({ queryKey: [company, "cart", cart.id] });
    open.autosave.edit(kept, t`What is missing is in the cart “${name}”`);
  };
}

/** Moves what is missing to the next window; answers what no later one has, in words. */
function useTakeInWindow(open: OpenCart) {
  const { t } = useLingui();
  const client = useQueryClient();
  const scope = useScopeKey();
  const format = useFormat();
  const counted = useCounted();
  const multipleOf = useMultiples(open);
  return async (short: Short[]): Promise<string> => {
    const skus = short.map(({ line }) => line.sku);
    const offers = await client.query(offersQuery(scope, skus));
    const later = takeLater(short, offers, multipleOf, open.autosave.quantityOf);
    const pieces = counted(later.pieces, unitOf(open.cart, later.changes));
    open.autosave.edit(later.changes, t`Taken in a later delivery: ${pieces}`);
    const sizes = format.list([...new Set(later.none.map((line) => line.size_name))]);
    return later.none.length ? t`No later delivery has ${sizes}.` : "";
  };
}

function useMultiples({ cart }: OpenCart) {
  return (sku: string) =>
    cart.styles.find(({ style }) => style === partsOf(sku).style)?.multiple ?? 1;
}
