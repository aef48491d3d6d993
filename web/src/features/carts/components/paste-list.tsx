import { Trans } from "@lingui/react/macro";
import { type SubmitEvent, useId, useState } from "react";
import { Choices } from "@/features/carts/components/choices";
import { TooMany } from "@/features/carts/components/too-many";
import styles from "@/features/carts/components/quick-order.module.css";
import { addEntries, quickEntries } from "@/features/carts/quick-entries";
import { useFormat } from "@/i18n/format";
import { Availability } from "@/shared/availability";
import { type FoundLine, isFound, type NotFoundLine, useLookUpLines } from "@/shared/cart/look-up";
import type { DeliveryKey } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

interface Result {
  /** The line as it was pasted. */
  entry: string;
  line: FoundLine | NotFoundLine;
  /** How many pieces the cart would have by it, where a line does not take so many. */
  beyond?: number;
}

/** Codes and quantities pasted as a list, looked at, then taken into the cart. */
export function PasteList({ open, delivery }: { open: OpenCart; delivery: DeliveryKey }) {
  const id = useId();
  const format = useFormat();
  const [text, setText] = useState("");
  const [results, setResults] = useState<Result[]>([]);
  const looking = useLookUpLines();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const entries = quickEntries(text);
    looking.mutate(entries, {
      onSuccess: ({ lines }) =>
        setResults(lines.map((line, index) => ({ entry: entries[index]!, line }))),
    });
  };
  const choose = (index: number, line: FoundLine) =>
    setResults(results.map((result, at) => (at === index ? { ...result, line } : result)));
  const isTaken = ({ line }: Result) =>
    isFound(line) && Boolean(line.pieces) && line.windows.includes(delivery.window);
  const taken = results.filter(isTaken);
  const take = () => {
    const lines = taken.map(({ line }) => line);
    const { changes, beyond } = addEntries(lines, delivery, open.autosave.quantityOf);
    open.autosave.edit(changes);
    const left = results
      .map((result) => ({
        ...result,
        beyond: isFound(result.line) ? beyond.get(result.line) : undefined,
      }))
      .filter((result) => !isTaken(result) || result.beyond !== undefined);
    setResults(left);
    setText(left.map(({ entry }) => entry).join("\n"));
  };
  const count = format.number(taken.length);
  return (
    <>
      <form onSubmit={submit} className={styles.form}>
        <label htmlFor={id}>
          <Trans>SKUs or GTINs, one a line, each with its quantity</Trans>
        </label>
        <textarea
          id={id}
          rows={5}
          spellCheck={false}
          placeholder={"10001-010-42\t12\n9521000100015\t6"}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" isDisabled={!text.trim() || looking.isPending}>
          <Trans>Look up</Trans>
        </Button>
        {looking.error && <Failure error={looking.error} />}
      </form>
      {results.length > 0 && (
        <>
          <ul className={styles.results}>
            {results.map(({ entry, line, beyond }, index) => (
              <QuickLine
                key={`${index}-${entry}`}
                entry={entry}
                line={line}
                beyond={beyond}
                window={delivery.window}
                onChoose={(chosen) => choose(index, chosen)}
              />
            ))}
          </ul>
          <div>
            <Button look="main" isDisabled={!taken.length} onPress={take}>
              <Trans>Add to the cart ({count})</Trans>
            </Button>
          </div>
        </>
      )}
    </>
  );
}

interface LineProps extends Result {
  window: string;
  onChoose: (line: FoundLine) => void;
}

function QuickLine({ entry, line, beyond, window, onChoose }: LineProps) {
  const format = useFormat();
  if (!isFound(line)) {
    return (
      <li className={styles.refused}>
        <code>{entry.trim()}</code> {line.reason}
        <Choices choices={line.choices} onChoose={onChoose} />
      </li>
    );
  }
  const isUnread = line.pieces === null;
  return (
    <li>
      <code>{isUnread ? entry.trim() : line.sku}</code>
      <span>
        {line.style_name}, {line.colour_name}, {line.size_name}
      </span>
      <Availability shown={line.availability} />
      {!isUnread && <strong>{format.number(line.pieces ?? 0)}</strong>}
      {line.note && <span className={isUnread ? styles.refused : undefined}>{line.note}</span>}
      {beyond !== undefined && (
        <span className={styles.refused}>
          <TooMany pieces={beyond} />
        </span>
      )}
      {!line.windows.includes(window) && (
        <span className={styles.refused}>
          <Trans>Not offered in this delivery</Trans>
        </span>
      )}
    </li>
  );
}
