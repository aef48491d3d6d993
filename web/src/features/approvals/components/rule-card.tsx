import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@/api/schema/catalog";
import { type Kind, peopleQuery, type Rule } from "@/features/approvals/api/rules";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { Choices } from "@/features/approvals/components/choices";
import { FIGURES, ofKind, useKindText } from "@/features/approvals/kinds";
import { windowsQuery } from "@/shared/cart/look-up";
import { facetsQuery } from "@/shared/approval/facets";
import { useScope, useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";

type Value = components["schemas"]["FacetValue"];

interface Props {
  rule: Rule;
  /** As it is typed, in the company's currency. */
  limit: string;
  onLimit: (typed: string) => void;
  faultAt: (field: string) => string | undefined;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

/** One rule with all that it looks at, and who decides. */
export function RuleCard({ rule, limit, onLimit, faultAt, onChange, onRemove }: Props) {
  const { t } = useLingui();
  const { company, doors } = useScope();
  const kindText = useKindText();
  const windowName = useWindowName();
  const scope = useScopeKey();
  const { data: people = [] } = useQuery(peopleQuery(scope));
  const { data: facets } = useQuery(facetsQuery(scope));
  const { data: windows = [] } = useQuery(windowsQuery(scope));
  const deliveries = facets?.delivery.map((each) => {
    const window = windows.find(({ id }) => id === each.value);
    return window ? { ...each, label: windowName(window) } : each;
  });
  const named = people.map(({ uid, name }) => ({ value: uid, label: name }));
  const approvers = people
    .filter(({ role }) => role === "approver" || role === "admin")
    .map(({ uid, name }) => ({ value: uid, label: name }));
  const figures = FIGURES[rule.kind];
  const set = (changed: Partial<Rule>) => onChange({ ...rule, ...changed });
  const { name } = rule;
  return (
    <section className={styles.rule} aria-label={name}>
      <div className={styles.fields}>
        <TextField
          label={t`Name of the rule`}
          required
          maxLength={80}
          value={name}
          fault={faultAt("name")}
          onChange={({ target }) => set({ name: target.value })}
        />
        <Select
          label={t`What has to wait`}
          value={rule.kind}
          onChange={(kind) => onChange(ofKind(rule, kind as Kind))}
          options={(Object.keys(FIGURES) as Kind[]).map((kind) => ({
            value: kind,
            label: kindText(kind),
          }))}
        />
        {figures.includes("limit") && (
          <TextField
            label={t`Over (net, ${company.currency})`}
            inputMode="decimal"
            required
            value={limit}
            fault={faultAt("limit")}
            onChange={({ target }) => onLimit(target.value)}
          />
        )}
        {figures.includes("period") && (
          <Select
            label={t`In a`}
            value={rule.period ?? "month"}
            onChange={(period) => set({ period: period as Rule["period"] })}
            options={[
              { value: "month", label: t`Month` },
              { value: "quarter", label: t`Quarter` },
              { value: "year", label: t`Year` },
            ]}
          />
        )}
        {figures.includes("window") && (
          <Select
            label={t`Delivery window`}
            value={rule.window ?? ""}
            fault={faultAt("window")}
            required
            onChange={(window) => set({ window })}
            options={withNone(deliveries, rule.window)}
          />
        )}
        {figures.includes("season") && (
          <Select
            label={t`Season`}
            value={rule.season ?? ""}
            fault={faultAt("season")}
            required
            onChange={(season) => set({ season })}
            options={withNone(facets?.season, rule.season)}
          />
        )}
      </div>
      <Choices
        legend={t`Only what these people order`}
        chosen={rule.who}
        options={named}
        onChange={(who) => set({ who })}
      />
      <Choices
        legend={t`Only what these doors get`}
        chosen={rule.doors}
        options={doors.map((door) => ({ value: door.id, label: door.name }))}
        onChange={(chosen) => set({ doors: chosen })}
      />
      {rule.kind === "order_amount" && (
        <Choices
          legend={t`Only goods of these categories`}
          chosen={rule.categories}
          options={facets?.category ?? []}
          onChange={(categories) => set({ categories })}
        />
      )}
      {rule.levels.map((level, index) => {
        const number = index + 1;
        const change = (changed: Partial<typeof level>) =>
          set({
            levels: rule.levels.map((each, at) => (at === index ? { ...each, ...changed } : each)),
          });
        return (
          <div key={index} className={styles.fields}>
            <Choices
              legend={
                rule.levels.length > 1
                  ? t`Who approves, level ${number}; nobody chosen: any approver`
                  : t`Who approves; nobody chosen: any approver`
              }
              chosen={level.approvers}
              options={approvers}
              onChange={(chosen) =>
                change({ approvers: chosen, need: chosen.length > 1 ? level.need : "any" })
              }
            />
            {level.approvers.length > 1 && (
              <Select
                label={t`Needed`}
                value={level.need}
                onChange={(need) => change({ need: need as typeof level.need })}
                options={[
                  { value: "any", label: t`One of them` },
                  { value: "all", label: t`All of them` },
                ]}
              />
            )}
            {rule.levels.length > 1 && (
              <Button
                onPress={() => set({ levels: rule.levels.filter((_, at) => at !== index) })}
                aria-label={t`Remove level ${number}: ${name}`}
              >
                <Trans>Remove level {number}</Trans>
              </Button>
            )}
          </div>
        );
      })}
      <div className={styles.fields}>
        {rule.levels.length < MOST_LEVELS && (
          <Button
            onPress={() => set({ levels: [...rule.levels, { approvers: [], need: "any" }] })}
            aria-label={t`Add a level: ${name}`}
          >
            <Trans>Add a level</Trans>
          </Button>
        )}
        <Button look="danger" onPress={onRemove} aria-label={t`Remove: ${name}`}>
          <Trans>Remove</Trans>
        </Button>
      </div>
    </section>
  );
}

const MOST_LEVELS = 5;

/** Choices of a facet with the empty one, and what was chosen though it is not offered any more. */
function withNone(values: readonly Value[] | undefined, chosen: string | null) {
  const options = (values ?? []).map(({ value, label }) => ({ value, label }));
  const known = !chosen || options.some(({ value }) => value === chosen);
  return [
    { value: "", label: "–" },
    ...options,
    ...(known ? [] : [{ value: chosen, label: chosen }]),
  ];
}
