import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import { nameOf } from "@/features/orders/components/brand-notices";
import { Answered } from "@/features/orders/components/substitutions";
import styles from "@/features/orders/components/change-order.module.css";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { Counted } from "@/shared/quantity/counted";

/** Every version of the order: when, by whom, and what it changed. */
export function Versions({ order }: { order: Order }) {
  const { t } = useLingui();
  const format = useFormat();
  const actor = useActor();
  if (!order.versions.length) return null;
  const states = { current: t`current`, earlier: t`earlier`, refused: t`refused` };
  return (
    <section className={styles.kept}>
      <h2>
        <Trans>Versions</Trans>
      </h2>
      <ol className={styles.versions}>
        {order.versions.map((version) => (
          <li key={version.number} data-state={version.state}>
            <span>
              <Trans>Version {version.number}</Trans> · {states[version.state]}
            </span>
            <small>
              {format.moment(version.at)} ·{" "}
              {version.by_kind === "sap" ? <Trans>The brand</Trans> : actor(version)}
            </small>
            <span>
              <Counted value={version.pieces} unit={order.unit} /> · {format.money(version.net)}
            </span>
            {version.changes.length > 0 && <Changes order={order} changes={version.changes} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

type Changes = Order["versions"][number]["changes"];

function Changes({ order, changes }: { order: Order; changes: Changes }) {
  const lines = new Map(order.lines.map((line) => [line.position, line]));
  return (
    <details open={changes.length <= 5}>
      <summary>
        <Plural value={changes.length} one="# line changed" other="# lines changed" />
      </summary>
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={change.position}>
            <LineChange change={change} line={lines.get(change.position)!} />
          </li>
        ))}
      </ul>
    </details>
  );
}

interface LineChangeProps {
  change: Changes[number];
  line: Order["lines"][number];
}

/** What became of a line: another article, another quantity, another price. */
function LineChange({ change, line }: LineChangeProps) {
  const format = useFormat();
  const [old, now] = [format.number(change.before), format.number(change.after)];
  const { price_before: before, price_after: after } = change;
  const item = change.item_before && nameOf(change.item_before);
  const oldPrice = before && format.unitPrice(before);
  const price = after && format.unitPrice(after);
  const added = !before && after;
  return (
    <>
      {nameOf(change.item_after ?? line)}:{" "}
      {item && (
        <>
          <Trans>in place of {item}</Trans>
          {change.before === change.after && !price ? null : "; "}
        </>
      )}
      {line.substitution && change.item_after?.sku === line.sku && (
        <Answered substitution={line.substitution} />
      )}
      {added && (
        <Trans>
          {now} added at {price}
        </Trans>
      )}
      {!added && change.before !== change.after && (
        <>
          {change.after ? (
            <Trans>
              {now} instead of {old}
            </Trans>
          ) : (
            <Trans>removed, was {old}</Trans>
          )}
        </>
      )}
      {oldPrice && price && (
        <>
          {change.before !== change.after && "; "}
          <Trans>
            {price} instead of {oldPrice} each
          </Trans>
        </>
      )}
    </>
  );
}
