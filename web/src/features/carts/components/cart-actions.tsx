import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { useHandOverCart } from "@/features/carts/api/hand-over-cart";
import { useRenameCart } from "@/features/carts/api/rename-cart";
import styles from "@/features/carts/components/cart-actions.module.css";
import { useCreateCart } from "@/shared/cart/create-cart";
import { useDeleteCart } from "@/shared/cart/delete-cart";
import type { Cart } from "@/shared/cart/types";
import { firstLetters } from "@/shared/letters";
import { MOST_PICKS, writtenPicks } from "@/shared/picks";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import button from "@/ui/button.module.css";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Actions, Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

type Asked = "hand over" | "rename" | "copy" | "delete" | null;

/** Its line sheet; hand over, rename, copy, delete. */
export function CartActions({ cart }: { cart: Cart }) {
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const { mayOrder } = useScope();
  const numbers = cart.styles.map((each) => each.style).slice(0, MOST_PICKS);
  return (
    <div className={styles.actions} data-screen>
      {numbers.length > 0 && (
        <Link
          to="/line-sheet"
          search={{ styles: writtenPicks(numbers) }}
          className={`${button.button} ${button.plain}`}
        >
          <Trans>Line sheet of this cart</Trans>
        </Link>
      )}
      {cart.may_hand_over && (
        <Button look="main" onPress={() => setAsked("hand over")}>
          <Trans>Hand over</Trans>
        </Button>
      )}
      {cart.may_change && (
        <Button onPress={() => setAsked("rename")}>
          <Trans>Rename</Trans>
        </Button>
      )}
      {mayOrder && (
        <Button onPress={() => setAsked("copy")}>
          <Trans>Copy</Trans>
        </Button>
      )}
      {cart.may_change && (
        <Button look="danger" onPress={() => setAsked("delete")}>
          <Trans>Delete</Trans>
        </Button>
      )}
      {asked === "hand over" && <HandOver cart={cart} onClose={close} />}
      {asked === "rename" && <Rename cart={cart} onClose={close} />}
      {asked === "copy" && <Copy cart={cart} onClose={close} />}
      {asked === "delete" && <Delete cart={cart} onClose={close} />}
    </div>
  );
}

interface Props {
  cart: Cart;
  onClose: () => void;
}

function HandOver({ cart, onClose }: Props) {
  const { t } = useLingui();
  const { company } = useScope();
  const customer = company.name;
  return (
    <ConfirmDialog
      title={t`Hand over the cart “${cart.name}”?`}
      action={<Trans>Hand over</Trans>}
      act={useHandOverCart(cart)}
      look="main"
      onClose={onClose}
    >
      <p>
        <Trans>
          From then on it is the cart of {customer}: their people change and order it, and you can
          only read and copy it.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}

function Rename({ cart, onClose }: Props) {
  const { t } = useLingui();
  const renaming = useRenameCart(cart);
  return (
    <Naming
      title={t`Rename the cart`}
      start={cart.name}
      error={renaming.error}
      onName={(name) => renaming.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function Copy({ cart, onClose }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const copying = useCreateCart();
  const [key] = useState(() => crypto.randomUUID());
  const copy = (name: string) =>
    copying.mutate(
      { name, key, copyOf: cart.id },
      {
        onSuccess: (made) => {
          onClose();
          void navigate({ to: "/carts/$cart", params: { cart: made.id } });
        },
      },
    );
  return (
    <Naming
      title={t`Copy the cart`}
      start={firstLetters(t`Copy of ${cart.name}`, 80)}
      error={copying.error}
      onName={copy}
      onClose={onClose}
    />
  );
}

interface NamingProps {
  title: string;
  start: string;
  error: Error | null;
  onName: (name: string) => void;
  onClose: () => void;
}

function Naming({ title, start, error, onName, onClose }: NamingProps) {
  const { t } = useLingui();
  const [name, setName] = useState(start);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onName(name.trim());
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        <TextField
          label={t`Name`}
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {error && <Failure error={error} />}
        <Actions>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look="main" isDisabled={!name.trim()}>
            <Trans>Save</Trans>
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}

function Delete({ cart, onClose }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const deleting = useDeleteCart(cart);
  return (
    <ConfirmDialog
      title={t`Delete the cart “${cart.name}”?`}
      action={<Trans>Delete</Trans>}
      act={deleting}
      onClose={onClose}
      onDone={() => void navigate({ to: "/carts" })}
    >
      <p>
        <Trans>It is gone for everybody in your company.</Trans>
      </p>
    </ConfirmDialog>
  );
}
