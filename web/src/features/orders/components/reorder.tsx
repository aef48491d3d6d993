import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Order } from "@/features/orders/api/get-order";
import { useReorder } from "@/features/orders/api/reorder";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

/** The same once more, as a new cart. */
export function Reorder({ order }: { order: Order }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const reordering = useReorder(order);
  const [key] = useState(() => crypto.randomUUID());
  const again = () =>
    reordering.mutate(
      { name: t`Again ${order.number}`, key },
      { onSuccess: (cart) => void navigate({ to: "/carts/$cart", params: { cart: cart.id } }) },
    );
  return (
    <>
      <Button isDisabled={reordering.isPending} onPress={again}>
        <Trans>Order again</Trans>
      </Button>
      {reordering.error && <Failure error={reordering.error} />}
    </>
  );
}
