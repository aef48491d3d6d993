import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useFormat } from "@/i18n/format";
import type { Fired } from "@/shared/approval/approvals";
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

function Rule({ rule }: { rule: Fired }) {
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
