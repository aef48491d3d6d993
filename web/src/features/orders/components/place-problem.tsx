import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Problem } from "@/api/problem";
import type { UnitPrice } from "@/i18n/format";
import { PriceList } from "@/shared/cart/price-changes";
import type { Cart, Check } from "@/shared/cart/types";
import { Failure, Notice, useFailureText } from "@/ui/notice";

interface ChangedPrice {
  style: string;
  sku: string | null;
  seen: UnitPrice | null;
  now: UnitPrice;
}

/** Whether nothing was ordered since prices are not those that were shown. */
export const isPriceChange = (error: unknown): boolean =>
  error instanceof Problem && error.code === "price_changed";

/** Why nothing was ordered: changed prices with both values, or what blocks it. */
export function PlaceProblem({ error, cart }: { error: Error; cart: Cart }) {
  const text = useFailureText(error);
  if (!(error instanceof Problem)) return <Failure error={error} />;
  const prices = (error.extra.prices ?? []) as ChangedPrice[];
  const checks = ((error.extra.checks ?? []) as Check[]).filter((one) => one.severity === "error");
  const changes = prices.map(({ style, sku, seen, now }) => {
    const line = sku && cart.lines.find((each) => each.sku === sku);
    const ofStyle = cart.styles.find((each) => each.style === style)?.name ?? style;
    const name = line ? `${line.style_name} ${line.size_name}` : ofStyle;
    const priceOf = (price: UnitPrice) => ({ ...price, per: price.per ?? 1 });
    return { id: sku ?? style, name, was: seen && priceOf(seen), now: priceOf(now) };
  });
  return (
    <Notice kind="error" title={text}>
      {changes.length > 0 && <PriceList changes={changes} />}
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
