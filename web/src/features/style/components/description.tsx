import { Trans } from "@lingui/react/macro";
import { useId, useState } from "react";
import styles from "@/features/style/components/style-page.module.css";
import { Button } from "@/ui/button";

/** Characters, and lines, that are shown of a long text before somebody asks for all of it. */
const [LONG, MANY] = [420, 6];

/** A text with its paragraphs; a long one is folded. */
export function Description({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const long = text.length > LONG || text.split("\n").length > MANY;
  const folded = long && !open;
  return (
    <div className={styles.description}>
      <p id={id} className={folded ? styles.folded : undefined}>
        {text}
      </p>
      {long && (
        <Button look="quiet" aria-expanded={open} aria-controls={id} onPress={() => setOpen(!open)}>
          {open ? <Trans>Show less</Trans> : <Trans>Show the whole text</Trans>}
        </Button>
      )}
    </div>
  );
}
