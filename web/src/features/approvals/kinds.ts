import { useLingui } from "@lingui/react/macro";
import type { Kind, Rule } from "@/features/approvals/api/rules";

/** What a kind of rule is measured by. */
export const FIGURES: Record<Kind, ("limit" | "period" | "window" | "season")[]> = {
  order_amount: ["limit"],
  period_amount: ["limit", "period"],
  window_budget: ["limit", "window"],
  season_budget: ["limit", "season"],
  first_order: [],
  always: [],
};

/** The kinds, as they are chosen. */
export function useKindText(): (kind: Kind) => string {
  const { t } = useLingui();
  return (kind) =>
    ({
      order_amount: t`An order over an amount`,
      period_amount: t`What a person orders in a period`,
      window_budget: t`Budget of a delivery window`,
      season_budget: t`Budget of a season`,
      first_order: t`A person's first order`,
      always: t`Every order`,
    })[kind];
}

/** A rule that nobody filled in yet. */
export const newRule = (name: string): Rule => ({
  id: crypto.randomUUID(),
  name,
  kind: "order_amount",
  who: [],
  doors: [],
  categories: [],
  limit: null,
  period: null,
  window: null,
  season: null,
  levels: [{ approvers: [], need: "any" }],
});

/** The rule of another kind, without figures that it has no use for. */
export function ofKind(rule: Rule, kind: Kind): Rule {
  const kept = FIGURES[kind];
  return {
    ...rule,
    kind,
    limit: kept.includes("limit") ? rule.limit : null,
    period: kept.includes("period") ? (rule.period ?? "month") : null,
    window: kept.includes("window") ? rule.window : null,
    season: kept.includes("season") ? rule.season : null,
    categories: kind === "order_amount" ? rule.categories : [],
  };
}
