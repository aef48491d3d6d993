import { Trans, useLingui } from "@lingui/react/macro";
import { type Kind, useDownloadConfirmation } from "@/features/orders/api/download-confirmation";
import styles from "@/features/orders/components/documents.module.css";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

const KINDS: Kind[] = ["pdf", "xlsx", "csv"];

/** The order's documents to take along. */
export function Documents({ number }: { number: string }) {
  const { t } = useLingui();
  const { mutate, isPending, variables, error } = useDownloadConfirmation(number);
  const names: Record<Kind, string> = { pdf: "PDF", xlsx: "Excel", csv: "CSV" };
  return (
    <section className={styles.documents} aria-labelledby="documents" data-screen="">
      <h2 id="documents">
        <Trans>Order confirmation</Trans>
      </h2>
      <div className={styles.kinds}>
        {KINDS.map((kind) => {
          const name = names[kind];
          return (
            <Button
              key={kind}
              isDisabled={isPending}
              aria-label={t`Download the order confirmation as ${name}`}
              onPress={() => mutate(kind)}
            >
              {name}
            </Button>
          );
        })}
      </div>
      <p role="status" className={styles.state}>
        {isPending && <Trans>The file is being made…</Trans>}
      </p>
      {error && <Failure error={error} onRetry={() => mutate(variables)} />}
    </section>
  );
}
