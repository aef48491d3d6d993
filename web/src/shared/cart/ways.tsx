import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isPassing, Problem } from "@/api/problem";
import { useFormat } from "@/i18n/format";
import { changeLines } from "@/shared/cart/change-lines";
import { createCart } from "@/shared/cart/create-cart";
import { deleteCart } from "@/shared/cart/delete-cart";
import type { Elsewhere } from "@/shared/cart/history";
import { offersQuery } from "@/shared/cart/look-up";
import { type Short, takeable, takeLater, takeOn, wholeOn } from "@/shared/cart/shortage";
import type { CartLine, Check, LineChange } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import styles from "@/shared/cart/ways.module.css";
import { lastLetters } from "@/shared/letters";
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

/** What is done about one kind of shortage; one that comes to nothing has no changes. */
interface Done {
  changes: LineChange[];
  /** In words. */
  label: string;
  elsewhere?: Elsewhere;
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

const NOTHING: Done & { none?: string } = { changes: [], label: "" };

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
      const { none = "", ...moved } = rest.length ? await takeInWindow(rest) : NOTHING;
      const put = dated.length ? await takeOnDay(dated) : NOTHING;
      const done = [put, moved].filter(({ changes }) => changes.length);
      // One action, so that one press takes all of it back.
      open.autosave.edit(
        done.flatMap(({ changes }) => changes),
        done.map(({ label }) => label).join(" · "),
        put.elsewhere,
      );
      setNote(none);
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
  return async (dated: Short[]): Promise<Done> => {
    const { day, missing, kept } = takeOn(dated, multipleOf);
    const on = format.date(day);
    const name = lastLetters(t`${open.cart.name}, from ${on}`, MOST_NAME);
    const cart = await createCart(company, name, key.current);
    const filled = await changeLines(cart.id, cart.etag, missing, `${key.current}-lines`, company);
    key.current = crypto.randomUUID();
    const reread = () => {
      void client.invalidateQueries({ queryKey: [company, "carts"] });
      void client.invalidateQueries({ queryKey: [company, "cart", cart.id] });
    };
    reread();
    const elsewhere = async () => {
      try {
        await deleteCart(filled, company);
      } catch (error) {
        if (isPassing(error)) return t`Sellin can't be reached. Please check your connection.`;
        // Deleted by somebody, or by a request whose answer was lost: it is as it has to be.
        if (!(error instanceof Problem && error.status === 404))
          return t`Not taken back: the cart “${name}” was changed since.`;
      }
      reread();
      return null;
    };
    return { changes: kept, label: t`What is missing is in the cart “${name}”`, elsewhere };
  };
}

/** Moves what is missing to the next window; `none` tells what no later one has, in words. */
function useTakeInWindow(open: OpenCart) {
  const { t } = useLingui();
  const client = useQueryClient();
  const scope = useScopeKey();
  const format = useFormat();
  const counted = useCounted();
  const multipleOf = useMultiples(open);
  return async (short: Short[]): Promise<Done & { none: string }> => {
    const skus = short.map(({ line }) => line.sku);
    const offers = await client.query(offersQuery(scope, skus));
    const later = takeLater(short, offers, multipleOf, open.autosave.quantityOf);
    const pieces = counted(later.pieces, unitOf(open.cart, later.changes));
    const sizes = format.list([...new Set(later.none.map((line) => line.size_name))]);
    return {
      changes: later.changes,
      label: t`Taken in a later delivery: ${pieces}`,
      none: later.none.length ? t`No later delivery has ${sizes}.` : "",
    };
  };
}

function useMultiples({ cart }: OpenCart) {
  return (sku: string) =>
    cart.styles.find(({ style }) => style === partsOf(sku).style)?.multiple ?? 1;
}
