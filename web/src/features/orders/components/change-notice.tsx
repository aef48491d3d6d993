import { Trans } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { Notice } from "@/ui/notice";

/** How far the latest change or cancellation is on its way into SAP, and who asked for it. */
export function ChangeNotice({ change }: { change: Order["change"] }) {
  const format = useFormat();
  const actor = useActor();
  if (!change) return null;
  const at = format.moment(change.at);
  const by = actor(change);
  return (
    <Notice kind={change.state === "refused" ? "error" : "info"}>
      <span>{change.detail}</span>{" "}
      <small>
        <Trans>
          Asked for by {by}, {at}.
        </Trans>
      </small>
    </Notice>
  );
}
