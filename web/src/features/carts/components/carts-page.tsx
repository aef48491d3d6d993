import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useRef, useState } from "react";
import styles from "@/features/carts/components/carts-page.module.css";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { chooseCart } from "@/shared/cart/choice";
import { useCreateCart } from "@/shared/cart/create-cart";
import { cartsQuery } from "@/shared/cart/list-carts";
import type { CartSummary } from "@/shared/cart/types";
import { useCurrentCartId } from "@/shared/cart/use-cart";
import { Counted } from "@/shared/quantity/counted";
import { useScope, useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** The company's open carts, shared by its people. */
export function CartsPage() {
  const { t } = useLingui();
  const { mayOrder } = useScope();
  const carts = useQuery(cartsQuery(useScopeKey()));
  const current = useCurrentCartId();
  return (
    <div className={styles.page}>
      <PageTitle>{t`Carts`}</PageTitle>
      <h1>
        <Trans>Carts</Trans>
      </h1>
      {mayOrder && <NewCart />}
      {carts.error && <Failure error={carts.error} onRetry={() => void carts.refetch()} />}
      {carts.data?.length === 0 && (
        <Notice>
          <Trans>Your company has no open cart.</Trans>
        </Notice>
      )}
      <ul className={styles.list}>
        {carts.data?.map((cart) => (
          <Row key={cart.id} cart={cart} isCurrent={cart.id === current} />
        ))}
      </ul>
      <Link to="/carts/columns">
        <Trans>Columns of your files</Trans>
      </Link>
    </div>
  );
}

function Row({ cart, isCurrent }: { cart: CartSummary; isCurrent: boolean }) {
  const format = useFormat();
  const { company } = useScope();
  const by = useActor()(cart.changed);
  const at = format.moment(cart.changed.at);
  const rep = cart.prepared_by;
  return (
    <li className={`${styles.row} ${isCurrent ? styles.current : ""}`}>
      <div className={styles.name}>
        <Link
          to="/carts/$cart"
          params={{ cart: cart.id }}
          onClick={() => chooseCart(company.id, cart.id)}
        >
          {cart.name}
        </Link>
        <small>
          <Trans>
            Changed by {by}, {at}
          </Trans>
        </small>
        {rep && (
          <small>
            <Trans>In preparation by {rep} (sales rep)</Trans>
          </small>
        )}
      </div>
      <span>
        <Counted value={cart.pieces} unit={cart.unit} />
      </span>
      <strong className={styles.net}>{cart.net ? format.money(cart.net) : ""}</strong>
      <span className={styles.use}>
        {isCurrent ? (
          <Trans>Orders go in here</Trans>
        ) : (
          cart.may_change && (
            <Button onPress={() => chooseCart(company.id, cart.id)}>
              <Trans>Order into this</Trans>
            </Button>
          )
        )}
      </span>
    </li>
  );
}

function NewCart() {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const key = useRef(crypto.randomUUID());
  const creating = useCreateCart();
  const navigate = useNavigate();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    creating.mutate(
      { name: name.trim(), key: key.current },
      { onSuccess: (cart) => void navigate({ to: "/carts/$cart", params: { cart: cart.id } }) },
    );
  };
  return (
    <form className={styles.create} onSubmit={submit}>
      <TextField
        label={t`Name of a new cart`}
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" isDisabled={!name.trim() || creating.isPending}>
        <Trans>Create cart</Trans>
      </Button>
      {creating.error && <Failure error={creating.error} />}
    </form>
  );
}
