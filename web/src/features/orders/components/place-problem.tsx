import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Problem } from "@/api/problem";
import { type UnitPrice, useFormat } from "@/i18n/format";
import type { Cart, Check } from "@/shared/cart/types";
import { Failure, Notice } from "@/ui/notice";

interface PriceChange {
  style: string;
  seen: UnitPrice | null;
  now: UnitPrice;
}

/** Why nothing was ordered: changed prices with both values, or what blocks it. */
export function PlaceProblem({ error, cart }: { error: Error; cart: Cart }) {
  const format = useFormat();
  if (!(error instanceof Problem)) return <Failure error={error} />;
  const prices = (error.extra.prices ?? []) as PriceChange[];
  const checks = ((error.extra.checks ?? []) as Check[]).filter((one) => one.severity === "error");
  return (
    <Notice kind="error" title={error.message}>
      {prices.length > 0 && (
        <ul>
          {prices.map(({ style, seen, now }) => {
            const name = cart.styles.find((each) => each.style === style)?.name ?? style;
            const before = seen ? format.unitPrice(seen) : "–";
            const after = format.unitPrice(now);
            return (
              <li key={style}>
                <Trans>
                  {name}: {after} instead of {before}
                </Trans>
              </li>
            );
          })}
        </ul>
      )}
      {checks.length > 0 && (
        <ul>
          {checks.map((check) => (
            <li key={check.code + check.pointer}>{check.detail}</li>
          ))}
        </ul>
      )}
      {checks.length > 0 && (
        <Link to="/carts/$cart" params={{ cart: cart.id }}>
          <Trans>Settle this in the cart</Trans>
        </Link>
      )}
    </Notice>
  );
}
