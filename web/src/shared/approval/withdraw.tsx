import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { type ApprovalHead, useDecide } from "@/shared/approval/approvals";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";

/** Takes one's own orders back into their cart, or one's own change, as long as nobody decided. */
export function Withdraw({ approval: { number, change } }: { approval: ApprovalHead }) {
  const { t } = useLingui();
  const [isAsked, setAsked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const deciding = useDecide(number);
  const act = {
    ...deciding,
    mutate: (_: undefined, options: { onSuccess: () => void }) =>
      deciding.mutate({ what: "withdraw", key }, options),
  };
  return (
    <>
      <Button look="danger" onPress={() => setAsked(true)}>
        {change ? <Trans>Withdraw the change</Trans> : <Trans>Withdraw the order</Trans>}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={change ? t`Withdraw this change?` : t`Withdraw this order?`}
          action={change ? <Trans>Withdraw the change</Trans> : <Trans>Withdraw the order</Trans>}
          act={act}
          onClose={() => setAsked(false)}
        >
          <p>
            {change ? (
              <Trans>The order stays as it was.</Trans>
            ) : (
              <Trans>What was placed with it is cancelled, and its cart is open again.</Trans>
            )}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
