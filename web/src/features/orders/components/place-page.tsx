import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { Problem } from "@/api/problem";
import { usePlaceOrder } from "@/features/orders/api/place-order";
import { DeliveryReview } from "@/features/orders/components/delivery-review";
import { PlaceProblem } from "@/features/orders/components/place-problem";
import styles from "@/features/orders/components/place-page.module.css";
import { type DateChoices, placeRequest } from "@/features/orders/place-request";
import { useFormat } from "@/i18n/format";
import { cartQuery } from "@/shared/cart/get-cart";
import type { Cart } from "@/shared/cart/types";
import { useScope, useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FailedPage } from "@/ui/failed-page";
import { Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** The last look before ordering: who gets what when, for how much. */
export function PlacePage() {
  const { cart: id } = useParams({ from: "/carts/$cart/place" });
  const { data: cart, error, refetch } = useQuery(cartQuery(useScopeKey(), id));
  if (error && !cart) return <FailedPage error={error} onRetry={() => void refetch()} />;
  if (!cart) {
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  }
  return <Review cart={cart} onRefresh={() => refetch()} />;
}

interface Props {
  cart: Cart;
  onRefresh: () => Promise<unknown>;
}

function Review({ cart, onRefresh }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const { mayOrder } = useScope();
  const [po, setPo] = useState("");
  const [dates, setDates] = useState<DateChoices>({});
  const key = useRef({ of: "", key: "" });
  const placing = usePlaceOrder();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = placeRequest(cart, po.trim(), dates);
    // The same order pressed twice is one order; another one has its own key.
    const of = JSON.stringify(body);
    if (key.current.of !== of) key.current = { of, key: crypto.randomUUID() };
    placing.mutate(
      { body, key: key.current.key },
      {
        onSuccess: (placed) =>
          void navigate({
            to: "/placed/$group",
            params: { group: placed.group },
            search: { orders: placed.orders.length },
          }),
        onError: () => void onRefresh(),
      },
    );
  };
  const faults = placing.error instanceof Problem ? placing.error.faults : [];
  return (
    <form className={styles.page} onSubmit={submit}>
      <PageTitle>{t`Review and order`}</PageTitle>
      <p>
        <Link to="/carts/$cart" params={{ cart: cart.id }}>
          <Trans>Back to the cart</Trans>
        </Link>
      </p>
      <h1>
        <Trans>Review “{cart.name}”</Trans>
      </h1>
      {placing.error && <PlaceProblem error={placing.error} cart={cart} />}
      {cart.deliveries.map((delivery, index) => (
        <DeliveryReview
          key={`${delivery.door} ${delivery.window}`}
          delivery={delivery}
          lines={cart.lines.filter(
            (line) => line.door === delivery.door && line.window === delivery.window,
          )}
          dates={dates[`${delivery.door}\n${delivery.window}`] ?? {}}
          faults={faults.filter((fault) => fault.pointer.startsWith(`/deliveries/${index}/`))}
          onDates={(changed) =>
            setDates({ ...dates, [`${delivery.door}\n${delivery.window}`]: changed })
          }
        />
      ))}
      {cart.checks.map((check) => (
        <Notice key={check.code + check.pointer} kind={check.severity}>
          {check.detail}
        </Notice>
      ))}
      <div className={styles.end}>
        <TextField
          label={t`PO number`}
          hint={t`Yours, on every paper of these orders. At most 20 characters.`}
          required
          maxLength={20}
          pattern="[!-~]([ -~]*[!-~])?"
          value={po}
          fault={faults.find((fault) => fault.pointer === "/po_number")?.detail}
          onChange={(event) => setPo(event.target.value)}
        />
        <p className={styles.total}>
          <Plural value={cart.deliveries.length} one="# order" other="# orders" />,{" "}
          <Plural value={cart.totals.pieces} one="# piece" other="# pieces" />
          <strong>{format.money(cart.totals.gross)}</strong>
        </p>
        <Button
          type="submit"
          look="main"
          isDisabled={!mayOrder || !cart.placeable || !po.trim() || placing.isPending}
        >
          {placing.isPending ? <Trans>Ordering…</Trans> : <Trans>Order now</Trans>}
        </Button>
      </div>
    </form>
  );
}
