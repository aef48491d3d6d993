import { Trans } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import type { Cart } from "@/shared/cart/types";

type Props = { cart: Pick<Cart, "deliveries" | "totals">; className?: string | undefined };

/** VAT and total, as terms of a list; `className` is the total's. Of tax on the invoice only that. */
export function TaxAndTotal({ cart: { deliveries, totals }, className }: Props) {
  const format = useFormat();
  const [first] = deliveries;
  // One seller sells a cart, so that it is the same for all of its deliveries.
  if (first?.vat.rule === "on_invoice")
    return (
      <>
        <dt>
          <Trans>Tax</Trans>
        </dt>
        <dd>
          <Trans>added on the invoice</Trans>
        </dd>
      </>
    );
  return (
    <>
      <dt>
        <Trans>VAT</Trans>
      </dt>
      <dd>{format.money(totals.vat)}</dd>
      <dt className={className}>
        <Trans>Total</Trans>
      </dt>
      <dd className={className}>
        <strong>{format.money(totals.gross)}</strong>
      </dd>
    </>
  );
}
