import { useLingui } from "@lingui/react/macro";
import { type InputHTMLAttributes, useEffect, useRef, useState } from "react";
import { useFormat } from "@/i18n/format";
import { firstLetters } from "@/shared/letters";
import { MOST, type QuantityFault, readPieces } from "@/shared/quantity/pieces";
import { Notice } from "@/ui/notice";

/** Characters of a refused text that a field grows for; the reason below has more of it. */
const LONGEST_SHOWN = 16;

interface Props extends Omit<
  InputHTMLAttributes<HTMLInputElement>,
  "value" | "onChange" | "onFocus" | "onBlur"
> {
  quantity: number;
  /** What stands there for none. */
  zero?: string;
  onQuantity: (quantity: number) => void;
  /** What stands there and can't be read; null once it can. */
  onUnread: (text: string | null) => void;
}

interface Typed {
  text: string;
  /** What counted before it was typed, and counts for as long as it can't be read. */
  before: number;
  /** What was made of it. */
  counts: number;
}

/**
 * A field for a quantity. A text that can't be read stays as it was typed, and what counted
 * before goes on to count.
 */
export function QuantityInput({ quantity, onQuantity, onUnread, zero = "", ...props }: Props) {
  const [typed, setTyped] = useState<Typed | null>(null);
  // Filled in otherwise meanwhile, pasted say, or undone.
  const isCurrent = typed !== null && typed.counts === quantity;
  const type = (text: string) => {
    const before = isCurrent ? typed.before : quantity;
    const read = text.trim() ? readPieces(text) : 0;
    const isRead = typeof read === "number";
    const counts = isRead ? read : before;
    setTyped({ text, before, counts });
    if (counts !== quantity) onQuantity(counts);
    onUnread(isRead ? null : text);
  };
  const isUnread = isCurrent && typed.text.trim() !== "" && isFault(readPieces(typed.text));
  const isOver = typed !== null && !isCurrent;
  const told = useRef(onUnread);
  useEffect(() => {
    told.current = onUnread;
  });
  useEffect(() => {
    if (!isOver) return;
    setTyped(null);
    told.current(null);
  }, [isOver]);
  return (
    <input
      inputMode="numeric"
      autoComplete="off"
      {...props}
      aria-invalid={isUnread || props["aria-invalid"] || undefined}
      // The whole of what is refused is in sight, however narrow the column is.
      style={
        isUnread ? { minWidth: `${Math.min(typed.text.length + 2, LONGEST_SHOWN)}ch` } : undefined
      }
      value={isCurrent ? typed.text : quantity || zero}
      onFocus={(event) => event.target.select()}
      onChange={(event) => type(event.target.value)}
      onBlur={() => !isUnread && setTyped(null)}
    />
  );
}

const isFault = (read: number | QuantityFault): read is QuantityFault => typeof read !== "number";

/** Says why a text is no quantity. */
export function useQuantityReason(): (text: string) => string {
  const { t } = useLingui();
  const format = useFormat();
  return (text) => {
    const shown = firstLetters(text.trim(), 40);
    const most = format.number(MOST);
    switch (readPieces(text)) {
      case "negative":
        return t`“${shown}” is less than 0 and was not taken.`;
      case "ambiguous_quantity":
        return t`“${shown}” can be read in two ways. Write the number without points and commas.`;
      case "too_large":
        return t`“${shown}” is too much: a line has at most ${most}.`;
      default:
        return t`“${shown}” is not a whole number of pieces and was not taken.`;
    }
  };
}

/** The texts of fields that can't be read, by the field's key. */
export function useUnread() {
  const [unread, setUnread] = useState<ReadonlyMap<string, string>>(new Map());
  const tell = (key: string, text: string | null) =>
    setUnread((known) => {
      if ((known.get(key) ?? null) === text) return known;
      const next = new Map(known);
      if (text === null) next.delete(key);
      else next.set(key, text);
      return next;
    });
  return { unread, tell };
}

/** What stands in fields and can't be read, each with its reason. */
export function UnreadTexts({ unread }: { unread: ReadonlyMap<string, string> }) {
  const reasonOf = useQuantityReason();
  return [...unread].map(([key, text]) => (
    <Notice key={key} kind="error">
      {reasonOf(text)}
    </Notice>
  ));
}
