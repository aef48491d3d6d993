import { Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import { useFormat } from "@/i18n/format";
import { Notice } from "@/ui/notice";

type Hold = Order["holds"][number];

/** What the brand's people made of the order: what holds it, and what they changed. */
export function BrandNotices({ order }: { order: Order }) {
  const format = useFormat();
  const at = order.brand_changed_at;
  const day = at && format.businessDay(new Date(at));
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
          const day = format.businessDay(new Date(since));
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

/** What a SKU is called. */
export const nameOf = (item: {
  style_name: string;
  colour_name: string;
  size_name: string;
}): string => `${item.style_name}, ${item.colour_name}, ${item.size_name}`;
