import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { type Approval, type Decision, useDecide } from "@/shared/approval/approvals";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";
import { ReasonDialog } from "@/ui/reason-dialog";

type Declined = Exclude<Decision, "approve" | "withdraw">;
type Deciding = ReturnType<typeof useDecide>;

/** What an approver can do, one key each; a change has no cart to go back to. */
export function Decide({ approval }: { approval: Approval }) {
  const deciding = useDecide(approval.number);
  const [asked, setAsked] = useState<Declined | null>(null);
  const [key] = useState(() => crypto.randomUUID());
  const approve = () => deciding.mutate({ what: "approve", key });
  const isBusy = deciding.isPending || asked !== null;
  const isChange = approval.change !== null;
  useKeys(isBusy, {
    a: approve,
    r: () => setAsked("reject"),
    ...(!isChange && { b: () => setAsked("return") }),
  });
  return (
    <>
      {asked === null && deciding.error && <Failure error={deciding.error} />}
      <div className={styles.actions}>
        <Button look="main" isDisabled={isBusy} onPress={approve}>
          <Trans>Approve</Trans> <kbd aria-hidden>A</kbd>
        </Button>
        <Button look="danger" isDisabled={isBusy} onPress={() => setAsked("reject")}>
          <Trans>Reject</Trans> <kbd aria-hidden>R</kbd>
        </Button>
        {!isChange && (
          <Button isDisabled={isBusy} onPress={() => setAsked("return")}>
            <Trans>Send back</Trans> <kbd aria-hidden>B</kbd>
          </Button>
        )}
      </div>
      {asked && (
        <Decline
          key={asked}
          what={asked}
          isChange={isChange}
          deciding={deciding}
          onClose={() => {
            deciding.reset();
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

interface DeclineProps {
  what: Declined;
  isChange: boolean;
  deciding: Deciding;
  onClose: () => void;
}

/** Asks why: the buyer reads it. */
function Decline({ what, isChange, deciding, onClose }: DeclineProps) {
  const { t } = useLingui();
  const keys = useRef(new Map<string, string>());
  const isReject = what === "reject";
  const hint = isChange
    ? t`The order stays as it was. Who asked for the change reads your reason.`
    : t`The order ends here. Who placed it reads your reason.`;
  const send = (reason: string) => {
    // The same reason sent twice is one decision.
    const key = keys.current.get(reason) ?? crypto.randomUUID();
    keys.current.set(reason, key);
    deciding.mutate({ what, reason, key }, { onSuccess: onClose });
  };
  return (
    <ReasonDialog
      title={
        isChange
          ? t`Reject this change?`
          : isReject
            ? t`Reject this order?`
            : t`Send this order back?`
      }
      hint={
        isReject
          ? hint
          : t`The cart is open again, so that it can be changed. Your reason goes with it.`
      }
      look={isReject ? "danger" : "main"}
      action={isReject ? <Trans>Reject</Trans> : <Trans>Send back</Trans>}
      act={deciding}
      onReason={send}
      onClose={onClose}
    />
  );
}

/** Single keys, as long as nobody writes and nothing is under way. */
function useKeys(isOff: boolean, keys: Record<string, () => void>) {
  useEffect(() => {
    if (isOff) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const at = event.target as HTMLElement;
      const isOnPage = at === document.body || document.getElementById("content")?.contains(at);
      if (!isOnPage || at.closest("input, textarea, select")) return;
      const act = keys[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
