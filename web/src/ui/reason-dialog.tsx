import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

interface Props {
  title: string;
  /** What the reason is for, and who reads it. */
  hint?: string;
  look?: "main" | "danger";
  /** What the button that does it says, if it is not the title. */
  action?: ReactNode;
  /** What the button that does nothing says, where “Cancel” could be either. */
  keep?: ReactNode;
  /** The mutation that does it. */
  act: { error: unknown; isPending: boolean };
  onReason: (reason: string) => void;
  onClose: () => void;
}

const MOST = 500;

/** Asks why something is done, without which it is not; stays, and says why, where it failed. */
export function ReasonDialog(props: Props) {
  const { title, hint, look = "main", action = title, keep, act, onReason, onClose } = props;
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onReason(reason.trim());
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form onSubmit={submit}>
        <TextField
          label={t`Reason`}
          hint={hint}
          value={reason}
          maxLength={MOST}
          autoFocus
          required
          onChange={(event) => setReason(event.target.value)}
        />
        {act.error !== null && <Failure error={act.error} />}
        <Actions>
          <Button onPress={onClose}>{keep ?? <Trans>Cancel</Trans>}</Button>
          <Button type="submit" look={look} isDisabled={act.isPending || !reason.trim()}>
            {action}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
