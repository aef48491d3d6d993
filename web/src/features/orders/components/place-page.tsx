import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type SubmitEvent, useRef, useState } from "react";
import { Problem } from "@/api/problem";
import { usePlaceOrder } from "@/features/orders/api/place-order";
import { DeliveryReview } from "@/features/orders/components/delivery-review";
import { isPriceChange, PlaceProblem } from "@/features/orders/components/place-problem";
import styles from "@/features/orders/components/place-page.module.css";
import { canPlace, checksByDelivery, firstDay, isSettled } from "@/features/orders/place-checks";
import { type DateChoices, placeRequest } from "@/features/orders/place-request";
import { useFormat } from "@/i18n/format";
import { cartQuery } from "@/shared/cart/get-cart";
import { PriceChanges } from "@/shared/cart/price-changes";
import { SaveState } from "@/shared/cart/save-state";
import { byShipDate, type Cart } from "@/shared/cart/types";
import { type OpenCart, useCart, useSavingOf } from "@/shared/cart/use-cart";
import { useScope, useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FailedPage } from "@/ui/failed-page";
import { Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** The last look before ordering: who gets what when, for how much. */
export function PlacePage() {
  const { cart: id } = useParams({ from: "/carts/$cart/place" });
  const { error, refetch } = useQuery(cartQuery(useScopeKey(), id));
  const open = useCart(id);
  if (error && !open) return <FailedPage error={error} onRetry={() => void refetch()} />;
  if (!open) {
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  }
  if (open.cart.state === "ordered") return <Ordered cart={open.cart} />;
  return <Review open={open} onRefresh={() => refetch()} />;
}

/** Also where the answer of placing was lost on its way. */
function Ordered({ cart }: { cart: Cart }) {
  return (
    <>
      <PageTitle>{cart.name}</PageTitle>
      <h1>{cart.name}</h1>
      <Notice>
        <Trans>This cart was ordered and stays as it is.</Trans>
        {cart.order_group && (
          <Link
            to="/placed/$group"
            params={{ group: cart.order_group }}
            search={{ orders: cart.deliveries.length }}
          >
            <Trans>To the order numbers</Trans>
          </Link>
        )}
      </Notice>
    </>
  );
}

interface Props {
  open: OpenCart;
  onRefresh: () => Promise<unknown>;
}

function Review({ open, onRefresh }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { cart } = open;
  const [po, setPo] = useState("");
  const [dates, setDates] = useState<DateChoices>({});
  const key = useRef({ of: "", key: "" });
  const placing = usePlaceOrder();
  const submit = (event: SubmitEvent) => {
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
  const checks = checksByDelivery(cart);
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
      <SaveState open={open} />
      {!isPriceChange(placing.error) && <PriceChanges cart={cart} />}
      {[...cart.deliveries].sort(byShipDate).map((delivery) => {
        const index = cart.deliveries.indexOf(delivery);
        const place = `${delivery.door}\n${delivery.window}`;
        const found = checks.get(place) ?? [];
        return (
          <DeliveryReview
            key={place}
            delivery={delivery}
            lines={cart.lines.filter(
              (line) => line.door === delivery.door && line.window === delivery.window,
            )}
            dates={dates[place] ?? {}}
            faults={faults.filter((fault) => fault.pointer.startsWith(`/deliveries/${index}/`))}
            checks={found.map((check) => ({ check, settled: isSettled(cart, check, dates) }))}
            firstDay={firstDay(cart, delivery, found)}
            onDates={(changed) => setDates({ ...dates, [place]: changed })}
          />
        );
      })}
      {checks.get("")?.map((check) => (
        <Notice key={check.code + check.pointer} kind={check.severity}>
          {check.detail}
        </Notice>
      ))}
      {placing.error && <PlaceProblem error={placing.error} cart={cart} />}
      <End
        open={open}
        po={po}
        fault={faults.find((fault) => fault.pointer === "/po_number")?.detail}
        canPlace={canPlace(cart, dates)}
        isPlacing={placing.isPending}
        isAgain={isPriceChange(placing.error)}
        onPo={setPo}
      />
    </form>
  );
}

interface EndProps {
  open: OpenCart;
  po: string;
  fault: string | undefined;
  canPlace: boolean;
  isPlacing: boolean;
  /** Whether it was refused because of prices, which are others now. */
  isAgain: boolean;
  onPo: (po: string) => void;
}

function End({ open, po, fault, canPlace, isPlacing, isAgain, onPo }: EndProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { mayOrder } = useScope();
  const { totals, deliveries } = open.cart;
  const isSaved = useSavingOf(open, (saving) => saving.state === "saved");
  return (
    <div className={styles.end}>
      <TextField
        label={t`PO number`}
        hint={t`Yours, on every paper of these orders. At most 20 characters.`}
        required
        maxLength={20}
        pattern="[!-~]([ -~]*[!-~])?"
        value={po}
        fault={fault}
        onChange={(event) => onPo(event.target.value)}
      />
      <dl className={styles.total}>
        <dt>
          <Plural value={deliveries.length} one="# order" other="# orders" />,{" "}
          <Plural value={totals.pieces} one="# piece" other="# pieces" />
        </dt>
        <dd>{format.money(totals.net)}</dd>
        <dt>
          <Trans>VAT</Trans>
        </dt>
        <dd>{format.money(totals.vat)}</dd>
        <dt>
          <Trans>Total</Trans>
        </dt>
        <dd>
          <strong>{format.money(totals.gross)}</strong>
        </dd>
      </dl>
      <Button
        type="submit"
        look="main"
        isDisabled={!mayOrder || !canPlace || !isSaved || !po.trim() || isPlacing}
      >
        {isPlacing ? (
          <Trans>Ordering…</Trans>
        ) : isAgain ? (
          <Trans>Order at the new prices</Trans>
        ) : (
          <Trans>Order now</Trans>
        )}
      </Button>
    </div>
  );
}
