import { useLingui } from "@lingui/react/macro";
import type { Order } from "@/features/orders/api/get-order";
import styles from "@/features/orders/components/order-page.module.css";
import { Notice } from "@/ui/notice";

type Props = { order: Pick<Order, "vat_checks" | "vat_warning"> };

/** What VIES said of the company's VAT id, and what follows where it does not know it. */
export function VatChecks({ order: { vat_checks: checks, vat_warning: warning } }: Props) {
  const { t } = useLingui();
  const title = ({ occasion, delivery }: Order["vat_checks"][number]) =>
    occasion === "placing" ? t`VAT id at placing` : t`VAT id at goods issue, delivery ${delivery}`;
  return (
    <>
      {warning && (
        <Notice kind="warning" title={t`VAT will be charged`}>
          {warning}
        </Notice>
      )}
      {checks.length > 0 && (
        <dl className={styles.checks}>
          {checks.map((check) => (
            <div key={check.occasion + check.delivery}>
              <dt>{title(check)}</dt>
              <dd>{check.detail}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
