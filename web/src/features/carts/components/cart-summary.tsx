import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import styles from "@/features/carts/components/cart-summary.module.css";
import { useFormat } from "@/i18n/format";
import { TaxAndTotal } from "@/shared/cart/tax-and-total";
import { NeedsApproval } from "@/shared/approval/needs-approval";
import type { Cart, Check, DeliveryKey } from "@/shared/cart/types";
import { type OpenCart, useSavingOf } from "@/shared/cart/use-cart";
import { Counted } from "@/shared/quantity/counted";
import { NextTier } from "@/shared/quantity/next-tier";
import { useScope } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { type Blocker, Blockers } from "@/ui/blockers";
import { Notice } from "@/ui/notice";

/** Of each list; the rest is beside the lines and on the styles' own pages. */
const MOST_SHOWN = 8;

/** What it costs, what is missing to the next tiers, and whether it can be ordered. */
export function CartSummary({ open, onGo }: { open: OpenCart; onGo: Go }) {
  const format = useFormat();
  const { cart } = open;
  const { mayOrder } = useScope();
  const { net } = cart.totals;
  const less = takenOff(cart);
  const blockers = useBlockers(open, onGo);
  const general = cart.checks.filter(
    (check) => check.severity === "warning" && !check.pointer.startsWith("/lines"),
  );
  return (
    <div className={styles.summary}>
      <dl>
        {less !== 0 && (
          <>
            <dt>
              <Trans>At list prices</Trans>
            </dt>
            <dd>{format.money({ amount: net.amount + less, currency: net.currency })}</dd>
            <dt>{less > 0 ? <Trans>Your discounts</Trans> : <Trans>Surcharges</Trans>}</dt>
            <dd>{format.money({ amount: -less, currency: net.currency })}</dd>
          </>
        )}
        <dt>
          <Counted value={cart.totals.pieces} unit={cart.totals.unit} />
        </dt>
        <dd>{format.money(net)}</dd>
        <TaxAndTotal cart={cart} className={styles.total} />
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
      <NeedsApproval cart={cart} />
      {cart.state === "open" && (cart.may_change || !mayOrder) && (
        <>
          <Link to="/carts/$cart/place" params={{ cart: cart.id }} className={styles.place}>
            <Trans>Review and order</Trans>
          </Link>
          <Blockers
            title={<Trans>Before you can order:</Trans>}
            blockers={blockers.slice(0, MOST_SHOWN)}
          />
        </>
      )}
      {isWishable(cart) && (
        <p className={styles.hint}>
          <Trans>
            “Take later” moves only what is missing. A later date for a whole delivery can be chosen
            on the next page.
          </Trans>
        </p>
      )}
    </div>
  );
}

/** What discounts take off all lines, in minor units; negative where surcharges are more. */
function takenOff(cart: Cart): number {
  return cart.lines.reduce((sum, { list_price: list, amount, quantity }) => {
    return list && amount
      ? sum + Math.round((list.amount * quantity) / list.per) - amount.amount
      : sum;
  }, 0);
}

type Go = (delivery: DeliveryKey) => void;

/** What is to be settled before ordering, the most frequent first, with the way to each. */
function useBlockers(open: OpenCart, onGo: Go): Blocker[] {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const windowName = useWindowName();
  const { mayOrder } = useScope();
  const { cart } = open;
  const isSaved = useSavingOf(open, (saving) => saving.state === "saved");
  const wayTo = (check: Check): Blocker["onGo"] => {
    const [, list, index] = /^\/(lines|deliveries|styles)\/(\d+)/.exec(check.pointer) ?? [];
    const style = list === "styles" && cart.styles[Number(index)]?.style;
    if (style) {
      const search = whereIs(cart, style);
      return () => void navigate({ to: "/styles/$style", params: { style }, search });
    }
    const about = list === "lines" ? cart.lines : cart.deliveries;
    const delivery = list && about[Number(index)];
    if (delivery) return () => onGo(delivery);
    if (check.code === "empty") return () => void navigate({ to: "/catalog", search: {} });
    return undefined;
  };
  // A reason that a delivery has says which: a cart may have many.
  const nameOf = (check: Check): string => {
    const [, index] = /^\/deliveries\/(\d+)/.exec(check.pointer) ?? [];
    const delivery = index && cart.deliveries[Number(index)];
    if (!delivery) return "";
    return `${delivery.door_name} · ${windowName(delivery)}: `;
  };
  const errors = new Map<string, Check[]>();
  for (const check of cart.checks.filter(({ severity }) => severity === "error")) {
    const text = nameOf(check) + check.detail;
    errors.set(text, [...(errors.get(text) ?? []), check]);
  }
  const counted = [...errors].sort(([, one], [, other]) => other.length - one.length);
  const role = t`Your role in this company may look, but not order.`;
  return [
    ...(mayOrder ? [] : [{ key: "role", text: role }]),
    ...(isSaved ? [] : [{ key: "saving", text: t`Not all entries are saved yet.` }]),
    ...counted.map(([detail, checks]) => ({
      key: detail,
      text: checks.length > 1 ? `${detail} (${format.number(checks.length)} ×)` : detail,
      onGo: wayTo(checks[0]!),
    })),
  ];
}

/** The first delivery of the cart that has pieces of the style. */
function whereIs(cart: Cart, style: string): Partial<DeliveryKey> {
  const line = cart.lines.find((each) => each.style === style);
  return line ? { door: line.door, window: line.window } : {};
}

/** Whether something is short that can be had later: dates are chosen in the review. */
const isWishable = (cart: Cart): boolean =>
  cart.may_change &&
  cart.checks.some(
    (check) => check.code === "shortage" && (check.data.later as unknown[]).length > 0,
  );

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
          <Tier key={style.style} cart={cart} style={style} />
        ))}
      </ul>
    </section>
  );
}

function Tier({ cart, style }: { cart: Cart; style: Cart["styles"][number] }) {
  const format = useFormat();
  const { tier, next_tier: next } = style;
  const pairs = style.unit === "PR";
  const reached = tier && format.number(tier);
  const price = format.unitPrice(style.unit_price);
  return (
    <li>
      <Link to="/styles/$style" params={{ style: style.style }} search={whereIs(cart, style.style)}>
        {style.name}
      </Link>
      {reached && (
        <small>
          {pairs ? (
            <Trans>
              {price} a pair, from {reached} pairs
            </Trans>
          ) : (
            <Trans>
              {price} each, from {reached} pcs
            </Trans>
          )}
        </small>
      )}
      {next && (
        <small>
          <NextTier
            missing={next.missing}
            unit={style.unit}
            price={format.unitPrice(next.unit_price)}
          />
        </small>
      )}
    </li>
  );
}
