import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormat } from "@/i18n/format";
import { approvalQuery } from "@/shared/approval/approvals";
import { FiredRules } from "@/shared/approval/fired-rules";
import { Withdraw } from "@/shared/approval/withdraw";
import { useScopeKey } from "@/shared/scope";
import { Notice } from "@/ui/notice";

/** Why an order waits, how long what it takes is held, and the way back to the cart. */
export function Pending({ group }: { group: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const { data: approval } = useQuery(approvalQuery(useScopeKey(), group));
  if (!approval) return null;
  const until = format.moment(approval.held_until);
  return (
    <Notice kind="warning" title={t`Waits for approval`}>
      <FiredRules fired={approval.fired} />
      <p>
        <Trans>Stock and prices are held until {until}. Then the order ends by itself.</Trans>
      </p>
      <p>
        <Link to="/approvals/$group" params={{ group }}>
          <Trans>To the approval</Trans>
        </Link>
      </p>
      {approval.may_withdraw && <Withdraw approval={approval} />}
    </Notice>
  );
}
