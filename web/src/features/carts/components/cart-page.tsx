import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { CartActions } from "@/features/carts/components/cart-actions";
import styles from "@/features/carts/components/cart-page.module.css";
import { CartSummary } from "@/features/carts/components/cart-summary";
import { Deliveries } from "@/features/carts/components/deliveries";
import { PlaceMatrix } from "@/features/carts/components/place-matrix";
import { QuickOrder } from "@/features/carts/components/quick-order";
import { useFormat } from "@/i18n/format";
import { chooseCart } from "@/shared/cart/choice";
import { cartQuery } from "@/shared/cart/get-cart";
import { SaveState } from "@/shared/cart/save-state";
import { type OpenCart, useCart } from "@/shared/cart/use-cart";
import { useScope, useScopeKey } from "@/shared/scope";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** One cart: its orders by door and window, its lines, what is wrong with it. */
export function CartPage() {
  const { cart: id } = useParams({ from: "/carts/$cart" });
  const { company } = useScope();
  const { error, refetch } = useQuery(cartQuery(useScopeKey(), id));
  const open = useCart(id);
  const isOpen = open?.cart.state === "open";
  useEffect(() => {
    if (isOpen) chooseCart(company.id, id);
  }, [isOpen, company.id, id]);
  if (error && !open) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!open) {
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  }
  return <Loaded open={open} />;
}

function Loaded({ open }: { open: OpenCart }) {
  const { t } = useLingui();
  const format = useFormat();
  const { mayOrder } = useScope();
  const { cart } = open;
  const by = cart.changed.by;
  const at = format.moment(cart.changed.at);
  const editable = mayOrder && cart.state === "open";
  return (
    <div className={styles.page}>
      <PageTitle>{cart.name}</PageTitle>
      <header className={styles.head}>
        <div>
          <h1>{cart.name}</h1>
          <p className={styles.meta}>
            <Trans>
              Changed by {by}, {at}
            </Trans>
          </p>
          {editable && <SaveState open={open} />}
        </div>
        {mayOrder && <CartActions cart={cart} />}
      </header>
      {cart.state === "ordered" && (
        <Notice>
          <Trans>This cart was ordered and stays as it is.</Trans>
          <Link to="/orders" search={{}}>
            <Trans>Orders</Trans>
          </Link>
        </Notice>
      )}
      <div className={styles.columns}>
        <div className={styles.main}>
          {cart.lines.length === 0 && (
            <Notice>
              <Trans>
                The cart is empty. Add styles from the catalogue, or paste a list below.
              </Trans>
              <Link to="/catalog" search={{}}>
                <Trans>To the catalogue</Trans>
              </Link>
            </Notice>
          )}
          <PlaceMatrix cart={cart} />
          <Deliveries open={open} editable={editable} />
          {editable && <QuickOrder open={open} />}
        </div>
        <aside className={styles.aside} aria-label={t`Summary`}>
          <CartSummary open={open} editable={editable} />
        </aside>
      </div>
    </div>
  );
}
