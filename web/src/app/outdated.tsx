import { Trans, useLingui } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";
import { fit, onFit, reload } from "@/api/contracts";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";

/**
 * Holds everything once this build does not fit a service any more, until the page is loaded
 * anew. That is left to the person, so that it can't go round.
 */
export function OutdatedNotice() {
  const { t } = useLingui();
  const state = useSyncExternalStore(onFit, fit);
  const isUpdating = state === "updating";
  return (
    <Dialog
      title={isUpdating ? t`Sellin is being updated` : t`There is a new version of Sellin`}
      isOpen={state !== "fits"}
    >
      <p>
        {isUpdating ? (
          <Trans>
            That takes a few minutes. Please try again later. What you have entered in carts is kept
            on this device.
          </Trans>
        ) : (
          <Trans>
            Please reload to go on. What you have entered in carts is kept on this device.
          </Trans>
        )}
      </p>
      <Actions>
        <Button look="main" onPress={reload} autoFocus>
          {isUpdating ? <Trans>Try again</Trans> : <Trans>Reload</Trans>}
        </Button>
      </Actions>
    </Dialog>
  );
}
