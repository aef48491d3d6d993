import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import styles from "@/features/carts/components/cart-summary.module.css";
import { useFormat } from "@/i18n/format";
import type { Cart } from "@/shared/cart/types";
import { type OpenCart, useSavingOf } from "@/shared/cart/use-cart";
import { Notice } from "@/ui/notice";

/** Of each list; the rest is beside the lines and on the styles' own pages. */
const MOST_SHOWN = 8;

/** What it costs, what is missing to the next tiers, and whether it can be ordered. */
export function CartSummary({ open, editable }: { open: OpenCart; editable: boolean }) {
  const format = useFormat();
  const { cart } = open;
  const saved = useSavingOf(open, (saving) => saving.state === "saved");
  const errors = cart.checks.filter(
    (check) => check.severity === "error" && check.code !== "empty",
  );
  const general = cart.checks.filter(
    (check) => check.severity === "warning" && !check.pointer.startsWith("/lines"),
  );
  return (
    <div className={styles.summary}>
      <dl>
        <dt>
          <Plural value={cart.totals.pieces} one="# piece" other="# pieces" />
        </dt>
        <dd>{format.money(cart.totals.net)}</dd>
        <dt>
          <Trans>VAT</Trans>
        </dt>
        <dd>{format.money(cart.totals.vat)}</dd>
        <dt className={styles.total}>
          <Trans>Total</Trans>
        </dt>
        <dd className={styles.total}>{format.money(cart.totals.gross)}</dd>
        {cart.credit_left && (
          <>
            <dt>
              <Trans>Credit left</Trans>
            </dt>
            <dd>{format.money(cart.credit_left)}</dd>
          </>
        )}
      </dl>
      <Tiers cart={cart} />
      {general.map((check) => (
        <Notice key={check.code} kind="warning">
          {check.detail}
        </Notice>
      ))}
      {errors.length > 0 && (
        <Notice kind="warning">
          <Plural
            value={errors.length}
            one="# point is to be settled before ordering:"
            other="# points are to be settled before ordering:"
          />
          <ul className={styles.errors}>
            {countTexts(errors.map((check) => check.detail))
              .slice(0, MOST_SHOWN)
              .map(([detail, count]) => (
                <li key={detail}>
                  {detail}
                  {count > 1 && ` (${format.number(count)} ×)`}
                </li>
              ))}
          </ul>
        </Notice>
      )}
      {editable && isReviewable(cart) && saved && (
        <Link to="/carts/$cart/place" params={{ cart: cart.id }} className={styles.place}>
          <Trans>Review and order</Trans>
        </Link>
      )}
      {editable && !cart.placeable && isReviewable(cart) && (
        <p className={styles.hint}>
          <Trans>What is short can also be wished for on a later date, on the next page.</Trans>
        </p>
      )}
    </div>
  );
}

/**
 * Whether the review has a way to order it: shortages may end with the dates that are
 * chosen there, nothing else does.
 */
function isReviewable(cart: Cart): boolean {
  const errors = cart.checks.filter((check) => check.severity === "error");
  return (
    cart.state === "open" &&
    errors.every((check) => {
      const later = check.code === "shortage" ? (check.data.later as unknown[]) : [];
      return later.length > 0;
    })
  );
}

/** Different texts, the most frequent first, and how often each came. */
function countTexts(texts: string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The volume prices that are reached, and what is missing to the next; the nearest first. */
function Tiers({ cart }: { cart: Cart }) {
  const missing = (style: Cart["styles"][number]) => style.next_tier?.missing ?? Infinity;
  const tiered = cart.styles
    .filter((style) => style.tier || style.next_tier)
    .sort((a, b) => missing(a) - missing(b));
  if (!tiered.length) return null;
  return (
    <section className={styles.tiers}>
      <h2>
        <Trans>Volume prices</Trans>
      </h2>
      <ul>
        {tiered.slice(0, MOST_SHOWN).map((style) => (
          <Tier key={style.style} style={style} />
        ))}
      </ul>
    </section>
  );
}

function Tier({ style }: { style: Cart["styles"][number] }) {
  const format = useFormat();
  const { tier, next_tier: next } = style;
  const from = tier && format.number(tier);
  const now = format.unitPrice(style.unit_price);
  const price = next && format.unitPrice(next.unit_price);
  return (
    <li>
      <Link to="/styles/$style" params={{ style: style.style }} search={{}}>
        {style.name}
      </Link>
      {from && (
        <small>
          <Trans>
            {now} each, from {from} pcs
          </Trans>
        </small>
      )}
      {next && (
        <small>
          <Plural
            value={next.missing}
            one={`# more piece for ${price} each`}
            other={`# more pieces for ${price} each`}
          />
        </small>
      )}
    </li>
  );
}
