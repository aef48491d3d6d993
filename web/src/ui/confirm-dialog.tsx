import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { Failure } from "@/ui/notice";

interface Props {
  title: string;
  /** What happens, or to what. */
  children: ReactNode;
  /** What the button that does it says. */
  action: ReactNode;
  /** The mutation that does it. */
  act: {
    error: unknown;
    isPending: boolean;
    mutate: (nothing: undefined, options: { onSuccess: () => void }) => void;
  };
  /** How its button looks: as a danger, unless said else. */
  look?: "main" | "danger";
  onClose: () => void;
  /** What follows where it succeeded; else the dialog only closes. */
  onDone?: () => void;
}

/** Asks before something that can't be taken back; stays, and says why, where it failed. */
export function ConfirmDialog({
  title,
  children,
  action,
  act,
  look = "danger",
  onClose,
  onDone,
}: Props) {
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {children}
      {act.error !== null && <Failure error={act.error} />}
      <Actions>
        <Button onPress={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button
          look={look}
          isDisabled={act.isPending}
          onPress={() => act.mutate(undefined, { onSuccess: onDone ?? onClose })}
        >
          {action}
        </Button>
      </Actions>
    </Dialog>
  );
}
