import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type SubmitEvent, useRef, useState, useSyncExternalStore } from "react";
import styles from "@/features/carts/components/quick-order.module.css";
import { quickEntries } from "@/features/carts/quick-entries";
import { Choices } from "@/features/carts/components/choices";
import { TooMany } from "@/features/carts/components/too-many";
import { createScanner, type Scan } from "@/features/carts/scans";
import { waitingScans } from "@/features/carts/waiting-scans";
import { useFormat } from "@/i18n/format";
import { type FoundLine, lookUpLines } from "@/shared/cart/look-up";
import type { DeliveryKey } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { MOST } from "@/shared/quantity/pieces";
import { useScope } from "@/shared/scope";
import { TextField } from "@/ui/field";

/** A field for a scanner: code and Enter add a piece, again and again, without waiting. */
export function ScanField({ open, delivery }: { open: OpenCart; delivery: DeliveryKey }) {
  const { t } = useLingui();
  const { me, company } = useScope();
  const now = useRef({ open, t });
  now.current = { open, t };
  const [scanner] = useState(() =>
    createScanner({
      lookUp: lookUpLines,
      failed: () => now.current.t`Something went wrong. Please try again.`,
      kept: waitingScans(localStorage, [me.uid, company.id, open.cart.id]),
      add(line, pieces, delivery) {
        const { open } = now.current;
        if (!line.windows.includes(delivery.window)) return { kind: "not_offered" };
        const cell = { sku: line.sku, ...delivery };
        const quantity = open.autosave.quantityOf(cell) + pieces;
        if (quantity > MOST) return { kind: "too_many", pieces: quantity };
        open.autosave.edit([{ ...cell, quantity }]);
        return { kind: "added", pieces: quantity };
      },
    }),
  );
  const { done, waiting, isOffline } = useSyncExternalStore(scanner.subscribe, scanner.snapshot);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("code") as HTMLInputElement;
    for (const line of quickEntries(field.value)) scanner.scan(line, 1, delivery);
    field.value = "";
  };
  const latest = done[0];
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextField
        label={t`Scan or type a SKU or GTIN, then Enter`}
        hint={t`Each scan adds a piece; “code 12” adds twelve.`}
        name="code"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="done"
        className={styles.scan}
      />
      <div role="status" className={styles.latest}>
        {latest && <ScanText key={latest.id} scan={latest} onChoose={scanner.choose} />}
        {isOffline && (
          <span className={styles.refused}>
            <Plural
              value={waiting}
              one="Not connected: # scan waits."
              other="Not connected: # scans wait."
            />
          </span>
        )}
      </div>
      {done.length > 1 && (
        <ul className={styles.scans} aria-label={t`Scanned before`}>
          {done.slice(1).map((scan) => (
            <li key={scan.id}>
              <ScanText scan={scan} onChoose={scanner.choose} />
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

interface ScanTextProps {
  scan: Scan;
  onChoose: (scan: Scan, line: FoundLine) => void;
}

function ScanText({ scan, onChoose }: ScanTextProps) {
  const format = useFormat();
  const { code } = scan;
  if (scan.kind === "asked") {
    return (
      <span className={styles.refused}>
        {code}: {scan.reason}{" "}
        <Choices choices={scan.choices} onChoose={(line) => onChoose(scan, line)} />
      </span>
    );
  }
  if (scan.kind === "refused") {
    return (
      <span className={styles.refused}>
        {code}: {scan.reason}
      </span>
    );
  }
  const { style_name: style, colour_name: colour, size_name: size } = scan.line;
  const name = `${style}, ${colour}, ${size}`;
  if (scan.kind === "not_offered") {
    return (
      <span className={styles.refused}>
        {name}: <Trans>Not offered in this delivery</Trans>
      </span>
    );
  }
  if (scan.kind === "too_many") {
    return (
      <span className={styles.refused}>
        {name}: <TooMany pieces={scan.pieces} />
      </span>
    );
  }
  const pieces = format.number(scan.pieces);
  return (
    <span>
      {name}: <strong>{pieces}</strong>
    </span>
  );
}
