import { Trans, useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import { Notice } from "@/ui/notice";

type Props = { order: Pick<Order, "handover" | "sap_number"> };

/** How far the order is on its way into SAP. */
export function Handover({ order: { handover, sap_number: sap } }: Props) {
  const { t } = useLingui();
  return (
    <Notice
      kind={handover.state === "refused" ? "error" : "info"}
      title={t`Hand-over to our order processing`}
    >
      <span>{handover.detail}</span>
      {sap && (
        <strong>
          <Trans>Brand's order number: {sap}</Trans>
        </strong>
      )}
    </Notice>
  );
}
