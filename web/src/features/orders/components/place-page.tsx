import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type SubmitEvent, useRef, useState } from "react";
import { Problem } from "@/api/problem";
import { usePlaceOrder } from "@/features/orders/api/place-order";
import {
  agreedBy,
  type Consent,
  CONSENT_FIELD,
  ConsentFields,
  NO_CONSENT,
} from "@/features/orders/components/consent-fields";
import { DeliveryReview } from "@/features/orders/components/delivery-review";
import { isPriceChange, PlaceProblem } from "@/features/orders/components/place-problem";
import styles from "@/features/orders/components/place-page.module.css";
import { PO_FIELD, PoField } from "@/features/orders/components/po-field";
import { ACCEPTANCE, Simulated } from "@/features/orders/components/simulation";
import {
  checksByDelivery,
  firstDay,
  isSettled,
  lineOf,
  unsettled,
} from "@/features/orders/place-checks";
import { type DateChoices, placeRequest } from "@/features/orders/place-request";
import { type Asked, useSimulation } from "@/features/orders/use-simulation";
import { useFormat } from "@/i18n/format";
import { NeedsApproval } from "@/shared/approval/needs-approval";
import { cartQuery } from "@/shared/cart/get-cart";
import { CartNotShown } from "@/shared/cart/not-shown";
import { PriceChanges } from "@/shared/cart/price-changes";
import { SaveState } from "@/shared/cart/save-state";
import { TaxAndTotal } from "@/shared/cart/tax-and-total";
import { byShipDate, type Cart, deliveryKey } from "@/shared/cart/types";
import { type OpenCart, useCart, useSavingOf } from "@/shared/cart/use-cart";
import { Counted } from "@/shared/quantity/counted";
import { useIsRep, useScope, useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { type Blocker, Blockers, goTo } from "@/ui/blockers";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** The last look before ordering: who gets what when, for how much. */
export function PlacePage() {
  const { cart: id } = useParams({ from: "/carts/$cart/place" });
  const { error, refetch } = useQuery(cartQuery(useScopeKey(), id));
  const open = useCart(id);
  if (!open) return <CartNotShown error={error} onRetry={() => void refetch()} />;
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
  const isSaved = useSavingOf(open, (saving) => saving.state === "saved");
  const asked = useSimulation(cart, dates, isSaved && unsettled(cart, dates).size === 0);
  // What was accepted is that answer; another one is to be accepted anew.
  const [accepted, setAccepted] = useState<Asked["answer"]>();
  const isAccepted = accepted !== undefined && accepted === asked.answer;
  const isRep = useIsRep();
  const [consent, setConsent] = useState<Consent>(NO_CONSENT);
  const agreed = isRep ? agreedBy(consent) : null;
  const blockers = useBlockers(open, dates, po, {
    mustAccept: Boolean(asked.answer?.to_accept) && !isAccepted,
    mustAgree: isRep && !agreed,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (placing.isPending) return;
    if (blockers.length) {
      blockers.find(({ onGo }) => onGo)?.onGo?.();
      return;
    }
    const body = placeRequest(cart, po.trim(), dates, agreed);
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
      <div id={SAVING} tabIndex={-1}>
        <SaveState open={open} />
      </div>
      {!isPriceChange(placing.error) && <PriceChanges cart={cart} />}
      <NeedsApproval cart={cart} />
      {[...cart.deliveries].sort(byShipDate).map((delivery) => {
        const index = cart.deliveries.indexOf(delivery);
        const place = deliveryKey(delivery);
        const found = checks.get(place) ?? [];
        return (
          <DeliveryReview
            key={place}
            id={idOf(place)}
            delivery={delivery}
            lines={cart.lines.filter(
              (line) => line.door === delivery.door && line.window === delivery.window,
            )}
            dates={dates[place] ?? {}}
            faults={faults.filter((fault) => fault.pointer.startsWith(`/deliveries/${index}/`))}
            checks={found.map((check) => ({
              check,
              line: lineOf(cart, check),
              settled: isSettled(cart, check, dates),
            }))}
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
      <VatCheck cart={cart} />
      <Simulated
        asked={asked}
        cart={cart}
        isAccepted={isAccepted}
        onAccept={(now) => setAccepted(now ? asked.answer : undefined)}
      />
      {placing.error && <PlaceProblem error={placing.error} cart={cart} />}
      {isRep && (
        <ConsentFields
          consent={consent}
          fault={faults.find(({ pointer }) => pointer.startsWith("/consent"))?.detail}
          onConsent={setConsent}
        />
      )}
      <End
        open={open}
        po={po}
        fault={faults.find((fault) => fault.pointer === "/po_number")?.detail}
        blockers={blockers}
        isPlacing={placing.isPending}
        isAgain={isPriceChange(placing.error)}
        onPo={setPo}
      />
    </form>
  );
}

/** What VIES said last, where the VAT depends on it; what it refutes, a check of the cart tells. */
function VatCheck({ cart }: { cart: Cart }) {
  const check = useScope().company.vat_check;
  const abroad = cart.deliveries.some((delivery) => delivery.vat.rule !== "domestic");
  if (!check || !abroad || check.answer === "invalid") return null;
  return <p className={styles.lines}>{check.detail}</p>;
}

const SAVING = "saving";
const idOf = (place: string) => `delivery ${place}`.replaceAll(/\s/g, "-");

/** What keeps the cart from being ordered now, and where each is settled. */
function useBlockers(
  open: OpenCart,
  dates: DateChoices,
  po: string,
  { mustAccept, mustAgree }: { mustAccept: boolean; mustAgree: boolean },
): Blocker[] {
  const { t } = useLingui();
  const windowName = useWindowName();
  const { mayOrder } = useScope();
  const { cart } = open;
  const isSaved = useSavingOf(open, (saving) => saving.state === "saved");
  const at = (key: string, text: string, id?: string): Blocker => ({
    key,
    text,
    onGo: id ? () => goTo(id) : undefined,
  });
  const deliveries = new Map(cart.deliveries.map((each) => [deliveryKey(each), each]));
  const found = [...unsettled(cart, dates)].map(([place, checks]) => {
    const delivery = deliveries.get(place);
    const [first] = checks;
    if (!delivery) return at(place, first!.detail);
    const name = `${delivery.door_name} · ${windowName(delivery)}`;
    const points = plural(checks.length, { one: "# point", other: "# points" });
    const isOne = checks.length === 1 && first!.pointer.startsWith("/deliveries/");
    const text = isOne ? `${name}: ${first!.detail}` : t`${name}: ${points}`;
    return at(place, text, idOf(place));
  });
  return [
    ...(mayOrder ? [] : [at("role", t`Your role in this company may look, but not order.`)]),
    ...(mayOrder && cart.not_changed_because ? [at("others", cart.not_changed_because)] : []),
    ...(isSaved ? [] : [at("saving", t`Not all entries are saved yet.`, SAVING)]),
    ...found,
    ...(mustAccept
      ? [at("sap", t`The brand's prices differ: please accept that.`, ACCEPTANCE)]
      : []),
    ...(mustAgree ? [at("consent", t`Who agreed to the order is missing.`, CONSENT_FIELD)] : []),
    ...(po.trim() ? [] : [at("po", t`The PO number is missing.`, PO_FIELD)]),
  ];
}

interface EndProps {
  open: OpenCart;
  po: string;
  fault: string | undefined;
  blockers: Blocker[];
  isPlacing: boolean;
  /** Whether it was refused because of prices, which are others now. */
  isAgain: boolean;
  onPo: (po: string) => void;
}

function End({ open, po, fault, blockers, isPlacing, isAgain, onPo }: EndProps) {
  const format = useFormat();
  const { totals, deliveries } = open.cart;
  return (
    <div className={styles.end}>
      <PoField po={po} fault={fault} onPo={onPo} />
      <dl className={styles.total}>
        <dt>
          <Plural value={deliveries.length} one="# order" other="# orders" />,{" "}
          <Counted value={totals.pieces} unit={totals.unit} />
        </dt>
        <dd>{format.money(totals.net)}</dd>
        <TaxAndTotal cart={open.cart} />
      </dl>
      <Button type="submit" look="main">
        {isPlacing ? (
          <Trans>Ordering…</Trans>
        ) : isAgain ? (
          <Trans>Order at the new prices</Trans>
        ) : (
          <Trans>Order now</Trans>
        )}
      </Button>
      <div className={styles.blockers}>
        <Blockers title={<Trans>Before you can order:</Trans>} blockers={blockers} />
      </div>
    </div>
  );
}
