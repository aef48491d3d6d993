import { Trans } from "@lingui/react/macro";
import styles from "@/features/session/components/customers-page.module.css";
import { useCompanySwitch } from "@/features/session/use-company-switch";
import type { Fact } from "@/features/session/use-customer-facts";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";

interface Props {
  id: string;
  name: string;
  facts: Fact[];
  /** Whether there are no more facts to come. */
  isComplete: boolean;
}

/** A customer, what is to be done there, and the way to it. */
export function CustomerRow({ id, name, facts, isComplete }: Props) {
  const { company } = useScope();
  const switchTo = useCompanySwitch();
  return (
    <li className={styles.row}>
      <div className={styles.name}>
        <strong>{name}</strong>
        <small>{id}</small>
        {isComplete && facts.length === 0 && (
          <small>
            <Trans>Nothing open</Trans>
          </small>
        )}
        {facts.length > 0 && (
          <div className={styles.facts}>
            {facts.map((fact) => (
              <Button
                key={fact.text}
                look="quiet"
                className={`${styles.fact} ${fact.isUrgent ? styles.urgent : ""}`}
                onPress={() => void switchTo(id, fact)}
              >
                {fact.text}
              </Button>
            ))}
          </div>
        )}
      </div>
      {id === company.id && <Trans>You act for them now</Trans>}
      <Button onPress={() => void switchTo(id)}>
        <Trans>Act for {name}</Trans>
      </Button>
    </li>
  );
}
