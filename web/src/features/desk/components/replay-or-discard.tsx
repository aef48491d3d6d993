import { Trans, useLingui } from "@lingui/react/macro";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import type { SimpleAction } from "@/features/desk/api/actions";
import styles from "@/features/desk/components/desk.module.css";
import { ReasonDialog } from "@/ui/reason-dialog";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

/** An action that takes the place of replaying, and what its reason is for. */
interface Instead<A> {
  action: A;
  title: string;
  hint: string;
}

interface Props<A> {
  act: UseMutationResult<unknown, Error, { action: A | SimpleAction; reason: string }>;
  /** What becomes of what is discarded. */
  hint: string;
  instead?: Instead<A> | false;
}

/** What can be done about a message that is not applied. */
export function ReplayOrDiscard<A extends string>({ act, hint, instead }: Props<A>) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<Instead<A | SimpleAction> | null>(null);
  const close = () => setAsking(null);
  const ask = (about: Instead<A | SimpleAction>) => {
    act.reset();
    setAsking(about);
  };
  return (
    <>
      <div className={styles.actions}>
        {instead ? (
          <Button look="main" onPress={() => ask(instead)}>
            {instead.title}
          </Button>
        ) : (
          <Button
            look="main"
            isDisabled={act.isPending}
            onPress={() => act.mutate({ action: "replay", reason: "" })}
          >
            <Trans>Replay</Trans>
          </Button>
        )}
        <Button look="danger" onPress={() => ask({ action: "discard", title: t`Discard`, hint })}>
          <Trans>Discard</Trans>
        </Button>
      </div>
      {!asking && act.error && <Failure error={act.error} />}
      {asking && (
        <ReasonDialog
          title={asking.title}
          hint={asking.hint}
          look={asking.action === "discard" ? "danger" : "main"}
          act={act}
          onReason={(reason) => act.mutate({ action: asking.action, reason }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  );
}
