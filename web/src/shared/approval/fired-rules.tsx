import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useFormat } from "@/i18n/format";
import type { Fired } from "@/shared/approval/approvals";
import { facetsQuery } from "@/shared/approval/facets";
import { windowsQuery } from "@/shared/cart/look-up";
import { useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";

/** The rules that an order has to wait for, each with the figure that tipped it. */
export function FiredRules({ fired }: { fired: readonly Fired[] }) {
  return (
    <ul>
      {fired.map((rule) => (
        <li key={rule.rule}>
          <Rule rule={rule} />
        </li>
      ))}
    </ul>
  );
}

/** Which goods count, where not all do. */
function Rule({ rule }: { rule: Fired }) {
  const names = useCategoryNames(rule.categories);
  const only = useFormat().list(names);
  return (
    <>
      <Figure rule={rule} />
      {names.length > 0 && (
        <>
          {" · "}
          <Trans>only {only}</Trans>
        </>
      )}
    </>
  );
}

/** What the company's catalogue calls categories; their keys until it has answered. */
function useCategoryNames(categories: readonly string[]): string[] {
  const { data } = useQuery({ ...facetsQuery(useScopeKey()), enabled: categories.length > 0 });
  const labels = new Map(data?.category.map(({ value, label }) => [value, label]));
  return categories.map((key) => labels.get(key) ?? key);
}

function Figure({ rule }: { rule: Fired }) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, since } = rule;
  const of = useBudgetName(rule);
  if (!rule.figure || !rule.limit) return <>{name}</>;
  const figure = format.money(rule.figure);
  const limit = format.money(rule.limit);
  const day = since && format.date(since);
  const about = day ? t`since ${day}` : of;
  return about ? (
    <Trans>
      {name}: {figure} of {limit} ({about})
    </Trans>
  ) : (
    <Trans>
      {name}: {figure} of {limit}
    </Trans>
  );
}

/** The delivery window or season that a budget is for. */
function useBudgetName({ of }: Fired): string {
  const windowName = useWindowName();
  const { data: windows = [] } = useQuery({ ...windowsQuery(useScopeKey()), enabled: of !== "" });
  const window = windows.find(({ id }) => id === of);
  return window ? windowName(window) : of;
}
