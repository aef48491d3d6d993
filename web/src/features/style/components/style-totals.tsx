import { Plural, Trans } from "@lingui/react/macro";
import type { Style } from "@/features/style/api/get-style";
import styles from "@/features/style/components/style-order.module.css";
import { type TierState, totalsOf } from "@/features/style/grid";
import type { Ordered } from "@/features/style/ordered";
import { useFormat } from "@/i18n/format";
import type { Cart } from "@/shared/cart/types";
import { NextTier } from "@/shared/quantity/next-tier";
import { Notice } from "@/ui/notice";

interface Props {
  style: Style;
  ordered: Ordered;
  /** Undefined before there is one. */
  cart: Cart | undefined;
}

/** The style over the whole cart: pieces, value, the tier reached and the next one. */
export function StyleTotals({ style, ordered, cart }: Props) {
  const format = useFormat();
  const { pieces, value, each } = totalsOf(style, ordered);
  const { currency } = style.price.unit;
  const pairs = style.unit === "PR";
  const index = cart?.styles.findIndex((each) => each.style === style.style);
  const checks = cart?.checks.filter((check) => check.pointer === `/styles/${index}`);
  return (
    <div className={styles.totals}>
      <p>
        {pairs ? (
          <Plural value={pieces} one="# pair in the whole cart" other="# pairs in the whole cart" />
        ) : (
          <Plural
            value={pieces}
            one="# piece in the whole cart"
            other="# pieces in the whole cart"
          />
        )}
      </p>
      <p>
        <strong>{format.money({ amount: value, currency })}</strong>
      </p>
      {each && <Each tier={each} unit={style.unit} />}
      <div className={styles.checks}>
        {checks?.map((check) => (
          <Notice key={check.code} kind={check.severity}>
            {check.detail}
          </Notice>
        ))}
      </div>
    </div>
  );
}

/** What a piece costs, and the next tier. Where sizes cost something else, the grid tells it. */
function Each({
  tier: { unit, from, next },
  unit: counted,
}: {
  tier: TierState;
  unit: Style["unit"];
}) {
  const format = useFormat();
  const reached = from && format.number(from);
  const price = format.unitPrice(unit);
  const pairs = counted === "PR";
  return (
    <>
      <p>
        {!reached && !pairs && <Trans>{price} each</Trans>}
        {!reached && pairs && <Trans>{price} a pair</Trans>}
        {reached && pairs && (
          <Trans>
            {price} a pair, from {reached} pairs
          </Trans>
        )}
        {reached && !pairs && (
          <Trans>
            {price} each, from {reached} pcs
          </Trans>
        )}
      </p>
      {next && (
        <p className={styles.note}>
          <NextTier missing={next.missing} unit={counted} price={format.unitPrice(next.price)} />
        </p>
      )}
    </>
  );
}
