import { Trans, useLingui } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import type { Fired } from "@/shared/approval/approvals";

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
  const { name, of, since } = rule;
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
