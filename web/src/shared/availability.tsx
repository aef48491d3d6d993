import { Trans } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import styles from "@/shared/availability.module.css";

interface Shown {
  level: "none" | "low" | "good";
  quantity: number | null;
  capped?: boolean;
}

/** What can be had at once, as the company is set to see it. Colour never says it alone. */
export function Availability({ shown }: { shown: Shown }) {
  return (
    <span className={`${styles.shown} ${styles[shown.level]}`}>
      <AvailabilityText shown={shown} />
    </span>
  );
}

function AvailabilityText({ shown: { level, quantity, capped } }: { shown: Shown }) {
  const format = useFormat();
  if (level === "none") return <Trans>Sold out</Trans>;
  if (quantity === null) return level === "low" ? <Trans>Few left</Trans> : <Trans>In stock</Trans>;
  const pieces = format.number(quantity) + (capped ? "+" : "");
  return <Trans>{pieces} in stock</Trans>;
}
