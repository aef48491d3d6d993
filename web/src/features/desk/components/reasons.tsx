import { Trans } from "@lingui/react/macro";
import styles from "@/features/desk/components/desk.module.css";

/** Why a message was not applied, numbered as the marks of its content are. */
export function Reasons({ reasons }: { reasons: string[] }) {
  return (
    <>
      <h2>
        <Trans>Reasons</Trans>
      </h2>
      <ol className={styles.reasons}>
        {reasons.map((reason, index) => (
          <li key={index}>{reason}</li>
        ))}
      </ol>
    </>
  );
}
