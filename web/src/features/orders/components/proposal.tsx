import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Order } from "@/features/orders/api/get-order";
import { nameOf } from "@/features/orders/components/brand-notices";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { type Approval, approvalQuery } from "@/shared/approval/approvals";
import { FiredRules } from "@/shared/approval/fired-rules";
import { Levels } from "@/shared/approval/levels";
import { useStateText } from "@/shared/approval/states";
import { Withdraw } from "@/shared/approval/withdraw";
import { useScopeKey } from "@/shared/scope";
import { Notice } from "@/ui/notice";

/** A change of the order that waits for an approval; or that got none, until there is a newer one. */
export function Proposal({ order: { proposal, version } }: { order: Order }) {
  if (!proposal || (!proposal.waits && proposal.version !== version)) return null;
  return <Asked group={proposal.approval} />;
}

function Asked({ group }: { group: string }) {
  const { data: approval } = useQuery(approvalQuery(useScopeKey(), group));
  if (!approval || approval.state === "approved") return null;
  return approval.state === "waiting" ? (
    <Waiting approval={approval} />
  ) : (
    <Ended approval={approval} />
  );
}

function Waiting({ approval }: { approval: Approval }) {
  const { t } = useLingui();
  const format = useFormat();
  const until = format.moment(approval.held_until);
  return (
    <Notice kind="warning" title={t`A change of this order waits for approval`}>
      <ul>
        {approval.differences.map((line) => {
          const [old, now] = [format.number(line.before), format.number(line.after)];
          return (
            <li key={line.item.sku}>
              {nameOf(line.item)}:{" "}
              <Trans>
                {now} instead of {old}
              </Trans>
            </li>
          );
        })}
      </ul>
      <FiredRules fired={approval.fired} />
      <p>
        <Levels levels={approval.levels} />
      </p>
      <p>
        <Trans>
          The order stays as it is. What the change takes more is held until {until}. Then the
          change ends by itself.
        </Trans>
      </p>
      <p>
        <ToApproval group={approval.number} />
      </p>
      {approval.may_withdraw && <Withdraw approval={approval} />}
    </Notice>
  );
}

/** Nobody agreed, or too late: the order stayed as it was, and here is why. */
function Ended({ approval }: { approval: Approval }) {
  const { t } = useLingui();
  const actor = useActor();
  const state = useStateText()(approval.state);
  const last = approval.decisions.at(-1);
  const why = approval.why_lapsed ?? last?.reason;
  return (
    <Notice title={t`A change of this order was not made: ${state}`}>
      {last && <p>{actor(last)}</p>}
      {why && <p>{why}</p>}
      <ToApproval group={approval.number} />
    </Notice>
  );
}

function ToApproval({ group }: { group: string }) {
  return (
    <Link to="/approvals/$group" params={{ group }}>
      <Trans>To the approval</Trans>
    </Link>
  );
}
