import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useCancelOrder } from "@/features/orders/api/cancel-order";
import type { Order } from "@/features/orders/api/get-order";
import { Button } from "@/ui/button";
import { ReasonDialog } from "@/ui/reason-dialog";

/** Takes the order back, with a reason; SAP has to take that, too, where it has the order. */
export function CancelOrder({ order }: { order: Order }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const cancelling = useCancelOrder(order.number);
  const close = () => setOpen(false);
  return (
    <>
      <Button look="danger" onPress={() => setOpen(true)}>
        <Trans>Cancel the order</Trans>
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t`Cancel order ${order.number}?`}
          look="danger"
          action={<Trans>Cancel the order</Trans>}
          keep={<Trans>Keep it</Trans>}
          act={cancelling}
          onReason={(reason) => cancelling.mutate({ reason, key }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  );
}
