import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useMemo, useRef, useState } from "react";
import { Problem } from "@/api/problem";
import { useChangeOrder } from "@/features/orders/api/change-order";
import type { Order } from "@/features/orders/api/get-order";
import { changedLines, faultsOf, styleLines, totals, type Wanted } from "@/features/orders/change";
import { ChangeGrid } from "@/features/orders/components/change-grid";
import styles from "@/features/orders/components/change-order.module.css";
import { useFormat } from "@/i18n/format";
import { Counted } from "@/shared/quantity/counted";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";

interface Props {
  /** As it was when changing it began. */
  order: Order;
  onEnd: (warnings: string[]) => void;
}

/** The order's lines to be changed, with old and new totals. */
export function ChangeOrder({ order, onEnd }: Props) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState<Wanted>(new Map());
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [sent, setSent] = useState<ReturnType<typeof changedLines>>([]);
  const changing = useChangeOrder(order.number);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const byStyle = useMemo(() => styleLines(order), [order]);
  const lines = changedLines(order, wanted);
  const problem = changing.error instanceof Problem ? changing.error : null;
  const faults = problem ? faultsOf(problem, sent) : null;
  const edit = (sku: string, quantity: number) => {
    setWanted(new Map(wanted).set(sku, quantity));
    // Another request than the one before.
    setKey(crypto.randomUUID());
  };
  const save = () => {
    setSent(lines);
    changing.mutate(
      { body: { version: order.version, lines }, key },
      { onSuccess: (changed) => onEnd(changed.warnings.map(({ detail }) => detail)) },
    );
  };
  return (
    <section className={styles.panel} aria-labelledby="change-order">
      <h2 id="change-order" ref={heading} tabIndex={-1}>
        <Trans>Change the order</Trans>
      </h2>
      <p className={styles.note}>
        <Trans>
          Prices stay as they were when the order was placed. What is empty or 0 is removed from the
          order for good.
        </Trans>
      </p>
      {byStyle.map((style) => (
        <ChangeGrid
          key={style.style}
          style={style}
          wanted={wanted}
          faultOf={(sku) => faults?.bySku.get(sku)}
          onEdit={edit}
        />
      ))}
      {faults && faults.general.length > 0 && (
        <Notice kind="error">
          <ul>
            {faults.general.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        </Notice>
      )}
      {changing.error && <Failure error={changing.error} />}
      <div className={styles.end}>
        <Totals order={order} wanted={wanted} />
        <div className={styles.actions}>
          <Button onPress={() => onEnd([])}>
            <Trans>Leave it as it was</Trans>
          </Button>
          <Button
            look="main"
            isDisabled={!lines.length || changing.isPending}
            onPress={save}
            aria-describedby="change-order-why"
            aria-label={t`Save the change of order ${order.number}`}
          >
            <Trans>Save the change</Trans>
          </Button>
          <p id="change-order-why" className={styles.note}>
            {!lines.length && <Trans>Nothing is changed yet. Change pieces above first.</Trans>}
          </p>
        </div>
      </div>
    </section>
  );
}

function Totals({ order, wanted }: { order: Order; wanted: Wanted }) {
  const format = useFormat();
  const { pieces, net } = totals(order, wanted);
  return (
    <div role="status">
      <dl className={styles.totals}>
        <div>
          <dt>
            <Trans>Now</Trans>
          </dt>
          <dd>
            <Counted value={order.pieces} unit={order.unit} /> · {format.money(order.net)}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>After the change</Trans>
          </dt>
          <dd className={pieces === order.pieces ? undefined : styles.new}>
            <Counted value={pieces} unit={order.unit} /> · {format.money(net)}
          </dd>
        </div>
      </dl>
    </div>
  );
}
