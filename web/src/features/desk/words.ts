import { useLingui } from "@lingui/react/macro";
import type { Action, Kind, Stage } from "@/features/desk/search";

/** How far a hand-over is, in words. */
export function useStageText(): (stage: Stage) => string {
  const { t } = useLingui();
  return (stage) =>
    ({
      waiting: t`Waiting`,
      sending: t`Being sent`,
      in_doubt: t`In doubt`,
      parked: t`Waits for a decision`,
      accepted: t`In SAP`,
      refused: t`Refused`,
      withdrawn: t`Withdrawn`,
    })[stage];
}

/** What was done at the desk, in words. */
export function useActionText(): (action: Action) => string {
  const { t } = useLingui();
  return (action) =>
    ({
      replay: t`Replayed`,
      release: t`Released`,
      discard: t`Discarded`,
      retry: t`Sent at once`,
      resend: t`Sent again`,
      accept: t`SAP's price accepted`,
      reject: t`Rejected`,
      call_again: t`SAP called again`,
    })[action];
}

/** A kind of what messages wait for, in words. */
export function useKindText(): (kind: Kind) => string {
  const { t } = useLingui();
  return (kind) =>
    ({
      article: t`Article`,
      unit: t`Unit of an article`,
      plant: t`Plant`,
      customer: t`Customer`,
      sold_to: t`Customer of a ship-to`,
    })[kind];
}

/** What a message waits for, such as "article 10123", in words. */
export function useAwaitedText(): (awaited: string) => string {
  const text = useKindText();
  return (awaited) => {
    const [kind, ...key] = awaited.split(" ");
    return `${text(kind as Kind)} ${key.join(" ")}`;
  };
}
