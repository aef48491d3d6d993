import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { Deputy } from "@/features/approvals/components/deputy";
import { BeforeAfter } from "@/features/approvals/components/differences";
import { useStateText } from "@/shared/approval/states";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { type ApprovalHead, approvalsQuery, type Box } from "@/shared/approval/approvals";
import { FiredRules } from "@/shared/approval/fired-rules";
import { useMayApprove, useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** What waits for the reader's decision, what they placed themselves, and what ever waited. */
export function ApprovalsPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { box = "waiting" } = useSearch({ from: "/approvals" });
  const mayApprove = useMayApprove();
  const found = useInfiniteQuery(approvalsQuery(useScopeKey(), box));
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t`Approvals`}</PageTitle>
      <div className={styles.head}>
        <h1>
          <Trans>Approvals</Trans>
        </h1>
        <Select
          label={t`Show`}
          value={box}
          onChange={(chosen) => void navigate({ to: "/approvals", search: { box: chosen as Box } })}
          options={[
            { value: "waiting", label: t`What waits for you` },
            { value: "mine", label: t`What you ordered` },
            { value: "all", label: t`All` },
          ]}
        />
      </div>
      {mayApprove && <Deputy />}
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {found.data && items.length === 0 && (
        <Notice>
          {box === "waiting" ? (
            <Trans>No order waits for your approval.</Trans>
          ) : (
            <Trans>No order had to wait for an approval.</Trans>
          )}
        </Notice>
      )}
      <ul className={styles.list}>
        {items.map((item) => (
          <Row key={item.number} item={item} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button isDisabled={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </div>
  );
}

function Row({ item }: { item: ApprovalHead }) {
  const format = useFormat();
  const actor = useActor();
  const state = useStateText()(item.state);
  const until = format.moment(item.held_until);
  const by = actor({ by: item.placed_by, by_kind: item.placed_by_kind });
  const placed = format.moment(item.placed_at);
  const changed = item.change?.order;
  return (
    <li className={styles.row}>
      <div className={styles.cell}>
        <Link to="/approvals/$group" params={{ group: item.number }}>
          {item.po_number}
        </Link>
        {changed && (
          <span>
            <Trans>Change of order {changed}</Trans>
          </span>
        )}
        <small>
          {by} · {placed}
        </small>
      </div>
      <div className={styles.cell}>
        <FiredRules fired={item.fired} />
      </div>
      <div className={`${styles.cell} ${styles.amount}`}>
        {item.change ? (
          <BeforeAfter
            before={format.money(item.change.net_before)}
            after={format.money(item.net)}
          />
        ) : (
          <strong>{format.money(item.net)}</strong>
        )}
        <span>{state}</span>
        {item.state === "waiting" && (
          <small>
            <Trans>held until {until}</Trans>
          </small>
        )}
      </div>
    </li>
  );
}
