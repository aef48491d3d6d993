import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
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
              {format.moment(version.at)} · {actor(version)}
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
  const format = useFormat();
  const lines = new Map(order.lines.map((line) => [line.position, line]));
  return (
    <details open={changes.length <= 5}>
      <summary>
        <Plural value={changes.length} one="# line changed" other="# lines changed" />
      </summary>
      <ul className={styles.changes}>
        {changes.map(({ position, before, after }) => {
          const line = lines.get(position)!;
          const [old, now] = [format.number(before), format.number(after)];
          return (
            <li key={position}>
              {line.style_name}, {line.colour_name}, {line.size_name}:{" "}
              {after ? (
                <Trans>
                  {now} instead of {old}
                </Trans>
              ) : (
                <Trans>removed, was {old}</Trans>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
