import { Trans, useLingui } from "@lingui/react/macro";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import type { SimpleAction } from "@/features/desk/api/actions";
import styles from "@/features/desk/components/desk.module.css";
import { ReasonDialog } from "@/features/desk/components/reason-dialog";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

const DISCARD: SimpleAction = "discard";

interface Props {
  act: UseMutationResult<unknown, Error, { action: SimpleAction; reason: string }>;
  /** What becomes of what is discarded. */
  hint: string;
}

/** What can be done about a message that is not applied. */
export function ReplayOrDiscard({ act, hint }: Props) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const ask = () => {
    act.reset();
    setAsking(true);
  };
  return (
    <>
      <div className={styles.actions}>
        <Button
          look="main"
          isDisabled={act.isPending}
          onPress={() => act.mutate({ action: "replay", reason: "" })}
        >
          <Trans>Replay</Trans>
        </Button>
        <Button look="danger" onPress={ask}>
          <Trans>Discard</Trans>
        </Button>
      </div>
      {!isAsking && act.error && <Failure error={act.error} />}
      {isAsking && (
        <ReasonDialog
          title={t`Discard`}
          hint={hint}
          look="danger"
          action={DISCARD}
          act={act}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
