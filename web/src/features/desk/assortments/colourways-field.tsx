import { Trans } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { Item } from "@/features/desk/assortments/api";
import styles from "@/features/desk/assortments/assortments.module.css";
import { itemsOf, linesOf } from "@/features/desk/assortments/draft";

interface Props {
  label: string;
  items: readonly Item[];
  onChange: (items: Item[]) => void;
}

/** Colourways, one a line, so that a list can be pasted. */
export function ColourwaysField({ label, items, onChange }: Props) {
  const id = useId();
  const [lines, setLines] = useState(() => linesOf(items));
  // Somebody took another version over: what is typed is of the old one.
  if (linesOf(itemsOf(lines)) !== linesOf(items)) setLines(linesOf(items));
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={6}
        value={lines}
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        onChange={(event) => {
          setLines(event.target.value);
          onChange(itemsOf(event.target.value));
        }}
      />
      <span id={`${id}-hint`}>
        <Trans>One a line: a style, or a style and a colour, as 10123 010.</Trans>
      </span>
    </div>
  );
}
