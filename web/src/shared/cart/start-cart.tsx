import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import { useFormat } from "@/i18n/format";
import { useCreateCart } from "@/shared/cart/create-cart";
import styles from "@/shared/cart/start-cart.module.css";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

/** The first cart of a company, one press away. */
export function StartCart() {
  const { t } = useLingui();
  const format = useFormat();
  const creating = useCreateCart();
  const key = useRef(crypto.randomUUID());
  const today = format.businessDay(new Date());
  return (
    <div className={styles.start}>
      <p>
        <Trans>Quantities are kept in a cart. There is none yet.</Trans>
      </p>
      <Button
        look="main"
        isDisabled={creating.isPending}
        onPress={() => creating.mutate({ name: t`Order of ${today}`, key: key.current })}
      >
        <Trans>Start a cart</Trans>
      </Button>
      {creating.error && <Failure error={creating.error} />}
    </div>
  );
}
