import { Trans, useLingui } from "@lingui/react/macro";
import { type SubmitEvent, useState } from "react";
import { useCancelOrder } from "@/features/orders/api/cancel-order";
import type { Order } from "@/features/orders/api/get-order";
import styles from "@/features/orders/components/order-page.module.css";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

/** Takes the order back, with a reason; SAP has to take that, too, where it has the order. */
export function CancelOrder({ order }: { order: Order }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const cancelling = useCancelOrder(order.number);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    cancelling.mutate({ reason: reason.trim(), key }, { onSuccess: () => setOpen(false) });
  };
  return (
    <>
      <Button look="danger" onPress={() => setOpen(true)}>
        <Trans>Cancel the order</Trans>
      </Button>
      <Dialog
        title={t`Cancel order ${order.number}?`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <form onSubmit={submit} className={styles.page}>
          <TextField
            label={t`Reason`}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {cancelling.error && <Failure error={cancelling.error} />}
          <Actions>
            <Button onPress={() => setOpen(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button type="submit" look="danger" isDisabled={!reason.trim() || cancelling.isPending}>
              <Trans>Cancel the order</Trans>
            </Button>
          </Actions>
        </form>
      </Dialog>
    </>
  );
}
