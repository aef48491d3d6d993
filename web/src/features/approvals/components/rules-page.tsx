import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { Problem } from "@/api/problem";
import {
  type Policy,
  policyQuery,
  revisionsQuery,
  useSavePolicy,
} from "@/features/approvals/api/rules";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { RuleCard } from "@/features/approvals/components/rule-card";
import { newRule } from "@/features/approvals/kinds";
import { minorUnits, typedAmount } from "@/features/approvals/limits";
import { useFormat } from "@/i18n/format";
import { useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** What orders of the company wait for, as its admins decide. */
export function RulesPage() {
  const { t } = useLingui();
  const policy = useQuery({ ...policyQuery(useScopeKey()), refetchOnWindowFocus: false });
  return (
    <div className={styles.page}>
      <PageTitle>{t`Rules for approvals`}</PageTitle>
      <h1>
        <Trans>Rules for approvals</Trans>
      </h1>
      <p>
        <Trans>
          An order that falls under a rule waits until it is approved, never by who placed it. Its
          stock and prices are held meanwhile. Rules hold from the next order on.
        </Trans>
      </p>
      {policy.error && <Failure error={policy.error} onRetry={() => void policy.refetch()} />}
      {policy.data && <Rules key={policy.data.etag} policy={policy.data} />}
      {policy.data && policy.data.revision > 0 && <History />}
    </div>
  );
}

function Rules({ policy }: { policy: Policy }) {
  const { t } = useLingui();
  const format = useFormat();
  const { currency } = policy;
  const [rules, setRules] = useState(policy.rules);
  const [limits, setLimits] = useState(() =>
    Object.fromEntries(policy.rules.map(({ id, limit }) => [id, typedAmount(limit, currency)])),
  );
  const [days, setDays] = useState(policy.hold_days);
  const saving = useSavePolicy(policy.etag);
  const unread = rules.filter(
    ({ id, kind }) =>
      !["first_order", "always"].includes(kind) && minorUnits(limits[id] ?? "", currency) === null,
  );
  const [isSent, setSent] = useState(false);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    setSent(true);
    if (unread.length) return;
    const wanted = rules.map((rule) => ({
      ...rule,
      limit: ["first_order", "always"].includes(rule.kind)
        ? null
        : minorUnits(limits[rule.id] ?? "", currency),
      window: rule.window || null,
      season: rule.season || null,
    }));
    saving.mutate({ rules: wanted, hold_days: days });
  };
  const faults = saving.error instanceof Problem ? saving.error.faults : [];
  const faultOf = (index: number) => (field: string) =>
    isSent && field === "limit" && unread.includes(rules[index]!)
      ? t`Please write an amount, such as 5000.`
      : faults.find(({ pointer }) => pointer.startsWith(`/rules/${index}/${field}`))?.detail;
  return (
    <form className={styles.form} onSubmit={send}>
      {rules.map((rule, index) => (
        <RuleCard
          key={rule.id}
          rule={rule}
          limit={limits[rule.id] ?? ""}
          onLimit={(typed) => setLimits((before) => ({ ...before, [rule.id]: typed }))}
          faultAt={faultOf(index)}
          onChange={(changed) =>
            setRules((before) => before.map((each) => (each.id === rule.id ? changed : each)))
          }
          onRemove={() => setRules((before) => before.filter(({ id }) => id !== rule.id))}
        />
      ))}
      {!rules.length && (
        <Notice>
          <Trans>There are no rules: no order waits.</Trans>
        </Notice>
      )}
      <div className={styles.fields}>
        <Button onPress={() => setRules((before) => [...before, newRule(t`New rule`)])}>
          <Trans>Add a rule</Trans>
        </Button>
        <Select
          label={t`Days that an order waits`}
          value={String(days)}
          onChange={(chosen) => setDays(Number(chosen))}
          options={Array.from({ length: 14 }, (_, index) => ({
            value: String(index + 1),
            label: format.number(index + 1),
          }))}
        />
        <Button look="main" type="submit" isDisabled={saving.isPending}>
          <Trans>Save the rules</Trans>
        </Button>
      </div>
      {saving.error && <Failure error={saving.error} />}
    </form>
  );
}

/** What the rules were, and who made them so. */
function History() {
  const format = useFormat();
  const found = useInfiniteQuery(revisionsQuery(useScopeKey()));
  return (
    <section className={styles.delivery}>
      <h2>
        <Trans>Changes of the rules</Trans>
      </h2>
      <ul>
        {found.data?.pages.flatMap(({ items }) =>
          items.map(({ revision, by, at, rules }) => (
            <li key={revision}>
              {by}, {at && format.moment(at)}: {format.list(rules.map(({ name }) => name)) || "–"}
            </li>
          )),
        )}
      </ul>
      {found.hasNextPage && (
        <Button isDisabled={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </section>
  );
}
