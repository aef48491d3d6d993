import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { CartActions } from "@/features/carts/components/cart-actions";
import styles from "@/features/carts/components/cart-page.module.css";
import { CartSummary } from "@/features/carts/components/cart-summary";
import { Changes } from "@/features/carts/components/changes";
import { Deliveries, type DeliveriesHandle } from "@/features/carts/components/deliveries";
import { DeliveryMatrix } from "@/features/carts/components/delivery-matrix";
import { QuickOrder } from "@/features/carts/components/quick-order";
import { UploadButton } from "@/features/carts/components/upload-button";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { chooseCart } from "@/shared/cart/choice";
import { cartQuery } from "@/shared/cart/get-cart";
import { CartNotShown } from "@/shared/cart/not-shown";
import { SaveState } from "@/shared/cart/save-state";
import { PriceChanges } from "@/shared/cart/price-changes";
import type { Cart } from "@/shared/cart/types";
import { type OpenCart, useCart, useSavingOf } from "@/shared/cart/use-cart";
import { useScope, useScopeKey } from "@/shared/scope";
import { Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** One cart: its orders by door and window, its lines, what is wrong with it. */
export function CartPage() {
  const { cart: id } = useParams({ from: "/carts/$cart" });
  const { company } = useScope();
  const { error, refetch } = useQuery({
    ...cartQuery(useScopeKey(), id),
    // Others work in the cart, too.
    refetchInterval: ({ state }) =>
      state.data && state.data.lines.length < 1_000 ? 15_000 : 60_000,
  });
  const open = useCart(id);
  const isOpen = open?.cart.state === "open";
  useEffect(() => {
    if (isOpen) chooseCart(company.id, id);
  }, [isOpen, company.id, id]);
  if (!open) return <CartNotShown error={error} onRetry={() => void refetch()} />;
  return <Loaded open={open} />;
}

function Loaded({ open }: { open: OpenCart }) {
  const { t } = useLingui();
  const format = useFormat();
  const { mayOrder } = useScope();
  const { cart } = open;
  const deliveries = useRef<DeliveriesHandle>(null);
  const isSaved = useSavingOf(open, ({ state }) => state === "saved");
  const isEmpty = useSavingOf(open, ({ edits }) => !edits.size) && !cart.lines.length;
  const by = useActor()(cart.changed);
  const at = format.moment(cart.changed.at);
  const editable = cart.may_change;
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
          {cart.handed_over && <HandedOver by={cart.handed_over} />}
          {(editable || !isSaved) && <SaveState open={open} />}
        </div>
        <div className={styles.actions}>
          {editable && <UploadButton open={open} />}
          <CartActions cart={cart} />
        </div>
      </header>
      {cart.state === "ordered" && (
        <Notice>
          <Trans>This cart was ordered and stays as it is.</Trans>
          <Link to="/orders" search={{}}>
            <Trans>Orders</Trans>
          </Link>
        </Notice>
      )}
      {mayOrder && cart.not_changed_because && <Notice>{cart.not_changed_because}</Notice>}
      <div className={styles.columns}>
        <div className={styles.main}>
          <PriceChanges cart={cart} />
          {isEmpty && (
            <Notice>
              <Trans>
                The cart is empty. Add styles from the catalogue, or paste a list below.
              </Trans>
              <Link to="/catalog" search={{}}>
                <Trans>To the catalogue</Trans>
              </Link>
            </Notice>
          )}
          <DeliveryMatrix cart={cart} onGo={(delivery) => deliveries.current?.go(delivery)} />
          <Deliveries handle={deliveries} open={open} editable={editable} />
          {editable && <QuickOrder open={open} />}
          <Changes cart={cart} />
        </div>
        <aside className={styles.aside} aria-label={t`Summary`}>
          <CartSummary open={open} onGo={(delivery) => deliveries.current?.go(delivery)} />
        </aside>
      </div>
    </div>
  );
}

function HandedOver({ by: signed }: { by: NonNullable<Cart["handed_over"]> }) {
  const format = useFormat();
  const by = useActor()(signed);
  const at = format.moment(signed.at);
  return (
    <p className={styles.meta}>
      <Trans>
        Handed over by {by}, {at}
      </Trans>
    </p>
  );
}
