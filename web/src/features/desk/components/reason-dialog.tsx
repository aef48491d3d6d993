import { Trans, useLingui } from "@lingui/react/macro";
import { type SubmitEvent, useState } from "react";
import { Actions, Dialog } from "@/ui/dialog";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

interface Props {
  title: string;
  /** What the reason is for, and who reads it. */
  hint: string;
  look?: "main" | "danger";
  error: unknown;
  isPending: boolean;
  onDone: (reason: string) => void;
  onClose: () => void;
}

const MOST = 500;

/** Asks why something is done, without which it is not. */
export function ReasonDialog({ title, hint, look, error, isPending, onDone, onClose }: Props) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onDone(reason.trim());
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
        {Boolean(error) && <Failure error={error} />}
        <Actions>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look={look ?? "main"} isDisabled={isPending || !reason.trim()}>
            {title}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
