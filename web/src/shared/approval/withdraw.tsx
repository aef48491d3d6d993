import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useDecide } from "@/shared/approval/approvals";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";

/** Takes one's own orders back into their cart, as long as nobody decided. */
export function Withdraw({ group }: { group: string }) {
  const { t } = useLingui();
  const [isAsked, setAsked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const deciding = useDecide(group);
  const act = {
    ...deciding,
    mutate: (_: undefined, options: { onSuccess: () => void }) =>
      deciding.mutate({ what: "withdraw", key }, options),
  };
  return (
    <>
      <Button look="danger" onPress={() => setAsked(true)}>
        <Trans>Withdraw the order</Trans>
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t`Withdraw this order?`}
          action={<Trans>Withdraw the order</Trans>}
          act={act}
          onClose={() => setAsked(false)}
        >
          <p>
            <Trans>What was placed with it is cancelled, and its cart is open again.</Trans>
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
