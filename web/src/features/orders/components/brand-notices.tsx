import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useChangeOrder } from "@/features/orders/api/change-order";
import type { Order } from "@/features/orders/api/get-order";
import styles from "@/features/orders/components/brand-notices.module.css";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";

type Hold = Order["holds"][number];
type Line = Order["lines"][number];

/** What the brand's people made of the order: what holds it, and what they changed. */
export function BrandNotices({ order, mayOrder }: { order: Order; mayOrder: boolean }) {
  const format = useFormat();
  const replaced = order.lines.filter((line) => line.in_place_of && !line.rejected);
  const day = order.brand_changed_at && format.date(order.brand_changed_at);
  return (
    <>
      <Holds holds={order.holds} />
      {day && (
        <Notice>
          <Trans>
            The brand changed this order on {day}. What it changed stands under Versions.
          </Trans>
        </Notice>
      )}
      {replaced
        .filter((line) => line.quantity > 0)
        .map((line) => (
          <Replaced key={line.position} order={order} line={line} mayOrder={mayOrder} />
        ))}
    </>
  );
}

function Holds({ holds }: { holds: Hold[] }) {
  const { t } = useLingui();
  const format = useFormat();
  if (!holds.length) return null;
  const reasons: Record<Hold["kind"], string> = {
    credit: t`It waits for the credit check.`,
    incomplete: t`Something is missing in it, which the brand has to add.`,
    delivery_block: t`It is blocked for delivery.`,
    billing_block: t`It is blocked for billing.`,
  };
  return (
    <Notice kind="warning" title={t`The brand holds this order back`}>
      <ul>
        {holds.map(({ kind, since }) => {
          const day = format.date(since);
          return (
            <li key={kind}>
              {reasons[kind]}{" "}
              <small>
                <Trans>Since {day}</Trans>
              </small>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

/** Goods in place of others, to be kept or refused: refused, the line is removed. */
function Replaced({ order, line, mayOrder }: { order: Order; line: Line; mayOrder: boolean }) {
  const { t } = useLingui();
  const changing = useChangeOrder(order.number);
  const [key] = useState(() => crypto.randomUUID());
  const now = nameOf(line);
  const before = nameOf(line.in_place_of!);
  const refuse = () =>
    changing.mutate({
      body: { version: order.version, lines: [{ sku: line.sku, quantity: 0 }] },
      key: `${key}-${order.version}`,
    });
  return (
    <Notice kind="warning">
      <p>
        <Trans>
          The brand put {now} in place of {before}.
        </Trans>
      </p>
      {mayOrder && order.may_change.allowed && (
        <p className={styles.choice}>
          <span>
            <Trans>It comes like this unless you refuse it; then the line is removed.</Trans>
          </span>
          <Button
            isDisabled={changing.isPending}
            onPress={refuse}
            aria-label={t`Refuse ${now} in place of ${before}`}
          >
            <Trans>Refuse</Trans>
          </Button>
        </p>
      )}
      {changing.error && <Failure error={changing.error} />}
    </Notice>
  );
}

/** What a SKU is called. */
export const nameOf = (item: {
  style_name: string;
  colour_name: string;
  size_name: string;
}): string => `${item.style_name}, ${item.colour_name}, ${item.size_name}`;
