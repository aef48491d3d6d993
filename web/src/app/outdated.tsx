import { Trans, useLingui } from "@lingui/react/macro";
import { CatchBoundary } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import { fit, onFit, reload } from "@/api/contracts";
import styles from "@/app/outdated.module.css";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";

/**
 * Holds everything once this build does not fit a service any more, until the page is loaded
 * anew. That is left to the person, so that it can't go round. The files of a dialog may be gone
 * with the rest of the build: then the same words stand over the page.
 */
export function OutdatedNotice() {
  const { t } = useLingui();
  const state = useSyncExternalStore(onFit, fit);
  const title =
    state === "updating" ? t`Sellin is being updated` : t`There is a new version of Sellin`;
  return (
    <CatchBoundary
      getResetKey={() => state}
      errorComponent={() => (
        <div role="dialog" aria-modal aria-label={title} className={styles.plain}>
          <h2>{title}</h2>
          <Choice isUpdating={state === "updating"} />
        </div>
      )}
    >
      <Dialog title={title} isOpen={state !== "fits"}>
        <Choice isUpdating={state === "updating"} />
      </Dialog>
    </CatchBoundary>
  );
}

function Choice({ isUpdating }: { isUpdating: boolean }) {
  return (
    <>
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
    </>
  );
}
