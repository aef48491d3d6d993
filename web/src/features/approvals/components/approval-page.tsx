import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { Decide } from "@/features/approvals/components/decide";
import { Delivery } from "@/features/approvals/components/delivery";
import { useStateText } from "@/features/approvals/states";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { type Approval, approvalQuery } from "@/shared/approval/approvals";
import { FiredRules } from "@/shared/approval/fired-rules";
import { Withdraw } from "@/shared/approval/withdraw";
import { useScopeKey } from "@/shared/scope";
import { FailedPage } from "@/ui/failed-page";
import { PageTitle } from "@/ui/page-title";

/** Orders of one placing that wait: why, for whom, what is in them; and the decision. */
export function ApprovalPage() {
  const { group } = useParams({ from: "/approvals/$group" });
  const { data: approval, error, refetch } = useQuery(approvalQuery(useScopeKey(), group));
  if (error && !approval)
    return <FailedPage error={error} onRetry={() => void refetch()} back={<Back />} />;
  if (!approval)
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  const { po_number: po } = approval;
  return (
    <article className={styles.page}>
      <PageTitle>{po}</PageTitle>
      <Back />
      <h1>
        <Trans>Approval of {po}</Trans>
      </h1>
      <div className={styles.columns}>
        <Facts approval={approval} />
        <Course approval={approval} />
      </div>
      {approval.placed.map((order) => (
        <Delivery key={order.number} order={order} />
      ))}
      {approval.may_decide && <Decide approval={approval} />}
      {approval.may_withdraw && <Withdraw group={group} />}
    </article>
  );
}

function Back() {
  return (
    <Link to="/approvals" search={{}}>
      <Trans>To the approvals</Trans>
    </Link>
  );
}

function Facts({ approval }: { approval: Approval }) {
  const format = useFormat();
  const actor = useActor();
  const until = format.moment(approval.held_until);
  const by = actor({ by: approval.placed_by, by_kind: approval.placed_by_kind });
  const placed = format.moment(approval.placed_at);
  return (
    <section className={styles.facts}>
      <strong>{format.money(approval.net)}</strong>
      <span>
        {by} · {placed}
      </span>
      <FiredRules fired={approval.fired} />
      {approval.state === "waiting" && (
        <span>
          <Trans>Stock and prices are held until {until}. Then the order ends by itself.</Trans>
        </span>
      )}
    </section>
  );
}

/** Who decided, and who is to. */
function Course({ approval }: { approval: Approval }) {
  const format = useFormat();
  const actor = useActor();
  const text = useStateText();
  const waits = approval.state === "waiting";
  return (
    <section className={styles.facts}>
      <strong>{text(approval.state)}</strong>
      {approval.decisions.map((one) => (
        <span key={one.at}>
          {text(one.state)}: {actor(one)}, {format.moment(one.at)}
          {one.reason && ` · ${one.reason}`}
        </span>
      ))}
      {waits &&
        approval.levels
          .filter((level) => level.state !== "agreed")
          .map((level, index) => <LevelText key={index} level={level} />)}
    </section>
  );
}

function LevelText({ level }: { level: Approval["levels"][number] }) {
  const { t } = useLingui();
  const names = useFormat().list(level.names);
  if (!level.names.length) return <span>{t`To be approved by any approver`}</span>;
  return (
    <span>
      {level.need === "all"
        ? t`To be approved by all of: ${names}`
        : t`To be approved by: ${names}`}
    </span>
  );
}
