import { Trans, useLingui } from "@lingui/react/macro";
import type { UseMutationResult } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { Actions, Dialog } from "@/ui/dialog";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

interface Props<A> {
  title: string;
  /** What the reason is for, and who reads it. */
  hint: string;
  look?: "main" | "danger";
  action: A;
  act: UseMutationResult<unknown, Error, { action: A; reason: string }>;
  onClose: () => void;
}

const MOST = 500;

/** Asks why something is done, without which it is not. */
export function ReasonDialog<A>({ title, hint, look, action, act, onClose }: Props<A>) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.mutate({ action, reason: reason.trim() }, { onSuccess: onClose });
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
        {act.error && <Failure error={act.error} />}
        <Actions>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look={look ?? "main"} isDisabled={act.isPending || !reason.trim()}>
            {title}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
