import { Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import styles from "@/features/orders/components/order-page.module.css";
import { StatusText } from "@/features/orders/components/status-text";
import { stepsToCome } from "@/features/orders/steps";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";

type Step = Order["history"][number];

/** What happened to an order, and what is still to come. */
export function OrderTimeline({ order }: { order: Order }) {
  const { t } = useLingui();
  return (
    <section className={styles.panel}>
      <h2>
        <Trans>What happened</Trans>
      </h2>
      <ol className={styles.timeline}>
        {order.history.map((step) => (
          <PassedStep key={step.at + step.status} step={step} />
        ))}
      </ol>
      {stepsToCome(order.status).length > 0 && (
        <ol className={`${styles.timeline} ${styles.coming}`} aria-label={t`Still to come`}>
          {stepsToCome(order.status).map((status) => (
            <li key={status}>
              <StatusText status={status} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function PassedStep({ step }: { step: Step }) {
  const { t } = useLingui();
  const actor = useActor();
  const format = useFormat();
  // Of these, the reason is the number of SAP's document.
  const number = step.reason;
  const words: Partial<Record<Step["status"], string>> = {
    partly_shipped: t`Delivery ${number}`,
    shipped: t`Delivery ${number}`,
    invoiced: t`Invoice ${number}`,
  };
  return (
    <li>
      <StatusText status={step.status} />
      <small>
        <time dateTime={step.at}>{format.moment(step.at)}</time> · {actor(step)}
      </small>
      {number && <p>{words[step.status] ?? number}</p>}
    </li>
  );
}
