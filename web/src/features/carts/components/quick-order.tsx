import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { type FoundLine, type NotFoundLine, useLookUp } from "@/features/carts/api/look-up";
import styles from "@/features/carts/components/quick-order.module.css";
import { type Entry, quickEntries } from "@/features/carts/quick-entries";
import { useFormat } from "@/i18n/format";
import { Availability } from "@/shared/availability";
import type { OpenCart } from "@/shared/cart/use-cart";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";
import { Failure } from "@/ui/notice";

interface Result {
  entry: Entry;
  line: FoundLine | NotFoundLine;
}

const isFound = (line: FoundLine | NotFoundLine): line is FoundLine => "sku" in line;

/** Codes and quantities pasted or scanned, looked at, then taken into the cart. */
export function QuickOrder({ open }: { open: OpenCart }) {
  const { t } = useLingui();
  const id = useId();
  const format = useFormat();
  const { doors } = useScope();
  const allowed = doors.filter((door) => !door.blocked);
  const [text, setText] = useState("");
  const [results, setResults] = useState<Result[]>([]);
  const [chosenDoor, setDoor] = useState(allowed[0]?.id ?? "");
  const [chosenWindow, setWindow] = useState("");
  const looking = useLookUp();
  const windows = looking.data?.windows.filter((each) => each.open) ?? [];
  const window = chosenWindow || (windows[0]?.id ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const entries = quickEntries(text);
    looking.mutate(
      entries.map((entry) => entry.code),
      {
        onSuccess: ({ lines }) =>
          setResults(lines.map((line, index) => ({ entry: entries[index]!, line }))),
      },
    );
  };
  const taken = results.flatMap(({ entry, line }) =>
    isFound(line) && entry.quantity && line.windows.includes(window)
      ? [{ sku: line.sku, door: chosenDoor, window, quantity: entry.quantity }]
      : [],
  );
  const take = () => {
    const quantities = new Map<string, number>();
    // A SKU may be there by its own number and by its GTIN.
    for (const { sku, quantity } of taken) {
      const had = open.quantityOf({ sku, door: chosenDoor, window });
      quantities.set(sku, (quantities.get(sku) ?? had) + quantity);
    }
    open.autosave.edit(
      [...quantities].map(([sku, quantity]) => ({ sku, door: chosenDoor, window, quantity })),
    );
    setResults(results.filter(({ line }) => !isFound(line)));
    setText(
      results
        .filter(({ entry, line }) => !isFound(line) || !entry.quantity)
        .map(({ entry }) => entry.code)
        .join("\n"),
    );
  };
  const count = format.number(taken.length);
  return (
    <section className={styles.quick} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Trans>Quick order</Trans>
      </h2>
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
            {results.map(({ entry, line }) => (
              <QuickLine key={entry.code} entry={entry} line={line} window={window} />
            ))}
          </ul>
          <div className={styles.target}>
            <Select
              label={t`Deliver to`}
              value={chosenDoor}
              onChange={setDoor}
              options={allowed.map((each) => ({ value: each.id, label: each.name }))}
            />
            <Select
              label={t`Delivery`}
              value={window}
              onChange={setWindow}
              options={windows.map((each) => ({
                value: each.id,
                label: each.kind === "at_once" ? t`At once` : each.id,
              }))}
            />
            <Button look="main" isDisabled={!taken.length} onPress={take}>
              <Trans>Add to the cart ({count})</Trans>
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function QuickLine({ entry, line, window }: Result & { window: string }) {
  const format = useFormat();
  if (!isFound(line)) {
    return (
      <li className={styles.refused}>
        <code>{entry.code}</code> {line.reason}
      </li>
    );
  }
  return (
    <li>
      <code>{line.sku}</code>
      <span>
        {line.style_name}, {line.colour_name}, {line.size_name}
      </span>
      <Availability shown={line.availability} />
      {entry.quantity === undefined ? (
        <span className={styles.refused}>
          <Trans>No whole number</Trans>
        </span>
      ) : (
        <strong>{format.number(entry.quantity)}</strong>
      )}
      {!line.windows.includes(window) && (
        <span className={styles.refused}>
          <Trans>Not offered in this delivery</Trans>
        </span>
      )}
    </li>
  );
}
