import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { Decide } from "@/features/approvals/components/decide";
import { BeforeAfter, Differences } from "@/features/approvals/components/differences";
import { Delivery } from "@/features/approvals/components/delivery";
import { useStateText } from "@/shared/approval/states";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { type Approval, approvalQuery } from "@/shared/approval/approvals";
import { FiredRules } from "@/shared/approval/fired-rules";
import { Levels } from "@/shared/approval/levels";
import { Withdraw } from "@/shared/approval/withdraw";
import { Counted } from "@/shared/quantity/counted";
import { useScopeKey } from "@/shared/scope";
import { FailedPage } from "@/ui/failed-page";
import { PageTitle } from "@/ui/page-title";

/** What waits, of one placing or of a change: why, for whom, what is in them; and the decision. */
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
  const { po_number: po, change } = approval;
  const changed = change?.order;
  return (
    <article className={styles.page}>
      <PageTitle>{changed ?? po}</PageTitle>
      <Back />
      <h1>
        {changed ? <Trans>Change of order {changed}</Trans> : <Trans>Approval of {po}</Trans>}
      </h1>
      <div className={styles.columns}>
        <Facts approval={approval} />
        <Course approval={approval} />
      </div>
      {change && <Differences differences={approval.differences} />}
      {approval.placed.map((order) => (
        <Delivery key={order.number} order={order} />
      ))}
      {approval.may_decide && <Decide approval={approval} />}
      {approval.may_withdraw && <Withdraw approval={approval} />}
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
      <Amount approval={approval} />
      <span>
        {by} · {placed}
      </span>
      <FiredRules fired={approval.fired} />
      {approval.state === "waiting" && (
        <span>
          {approval.change ? (
            <Trans>
              The order stays as it is. What the change takes more is held until {until}. Then the
              change ends by itself.
            </Trans>
          ) : (
            <Trans>Stock and prices are held until {until}. Then the order ends by itself.</Trans>
          )}
        </span>
      )}
    </section>
  );
}

/** What it comes to; of a change, with what it came to before. */
function Amount({ approval: { net, pieces, change, placed } }: { approval: Approval }) {
  const format = useFormat();
  if (!change) return <strong>{format.money(net)}</strong>;
  return (
    <>
      <BeforeAfter before={format.money(change.net_before)} after={format.money(net)} />
      <BeforeAfter
        before={format.number(change.pieces_before)}
        after={<Counted value={pieces} unit={placed[0]?.unit} />}
      />
    </>
  );
}

/** Who decided, and who is to. */
function Course({ approval }: { approval: Approval }) {
  const format = useFormat();
  const text = useStateText();
  const waits = approval.state === "waiting";
  return (
    <section className={styles.facts}>
      <strong>{text(approval.state)}</strong>
      {approval.decisions.map((one) => (
        <span key={one.at}>
          {text(one.state)}: <By one={one} />, {format.moment(one.at)}
          {one.reason && ` · ${one.reason}`}
        </span>
      ))}
      {approval.why_lapsed && <span>{approval.why_lapsed}</span>}
      {waits && <Levels levels={approval.levels} />}
    </section>
  );
}

/** Who decided, and whose deputy they were. */
function By({ one }: { one: Approval["decisions"][number] }) {
  const by = useActor()(one);
  const other = one.instead_of;
  return other ? (
    <Trans>
      {by} for {other}
    </Trans>
  ) : (
    by
  );
}
