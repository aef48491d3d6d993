import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import styles from "@/app/rep-bar.module.css";
import { useScope } from "@/shared/scope";

/** Says for which customer a sales rep acts, on every page. */
export default function RepBar() {
  const { t } = useLingui();
  const { id, name } = useScope().company;
  return (
    <section className={styles.bar} aria-label={t`For whom you act`} data-screen>
      <strong>
        <Trans>
          You act for {name} ({id})
        </Trans>
      </strong>
      <Link to="/customers">
        <Trans>Your customers</Trans>
      </Link>
    </section>
  );
}
