import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useMemo, useState } from "react";
import { useFormat } from "@/i18n/format";
import { notePrices, type PriceChange, priceChanges } from "@/shared/cart/seen-prices";
import type { Cart } from "@/shared/cart/types";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** Prices that changed since the person saw the cart the last time, until they have read it. */
export function PriceChanges({ cart }: { cart: Cart }) {
  const { t } = useLingui();
  const { me } = useScope();
  const [read, setRead] = useState(0);
  const changes = useMemo(
    () => priceChanges(localStorage, me.uid, cart),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is stored changes by reading it
    [me.uid, cart, read],
  );
  useEffect(() => notePrices(localStorage, me.uid, cart, false), [me.uid, cart]);
  if (!changes.length) return null;
  const accept = () => {
    notePrices(localStorage, me.uid, cart, true);
    setRead(read + 1);
  };
  return (
    <Notice kind="warning" title={t`Prices changed since you looked at this cart`}>
      <PriceList changes={changes} />
      <Button look="quiet" onPress={accept}>
        <Trans>I have read it</Trans>
      </Button>
    </Notice>
  );
}

/** The old and the new price of each style or SKU. */
export function PriceList({ changes }: { changes: PriceChange[] }) {
  const format = useFormat();
  return (
    <ul>
      {changes.map(({ id, name, was, now }) => {
        const after = format.unitPrice(now);
        const before = was ? format.unitPrice(was) : "–";
        return (
          <li key={id}>
            <Trans>
              {name}: {after} instead of {before}
            </Trans>
          </li>
        );
      })}
    </ul>
  );
}
