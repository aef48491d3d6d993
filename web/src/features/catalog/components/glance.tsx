import { Trans } from "@lingui/react/macro";
import type { StyleItem } from "@/features/catalog/api/list-styles";
import styles from "@/features/catalog/components/glance.module.css";
import { useFormat } from "@/i18n/format";
import { Availability } from "@/shared/availability";

/** First ship dates, YYYY-MM-DD, of the delivery windows that can be pre-booked now. */
export type ShipDates = ReadonlyMap<string, string>;

interface Props {
  item: StyleItem;
  preBook: ShipDates;
  /** Whether only what is pre-booked is looked at: then today's stock says nothing. */
  isPreBook: boolean;
}

/** What can be had of a style: from stock, else from when on. */
export function Glance({ item, preBook, isPreBook }: Props) {
  const format = useFormat();
  const dates = item.windows.map((id) => preBook.get(id)).filter((date) => date !== undefined);
  const first = dates.sort()[0];
  if (!first || (item.availability.level !== "none" && !isPreBook)) {
    return <Availability shown={item.availability} />;
  }
  const day = format.day(first);
  return (
    <span className={styles.preBook}>
      <Trans>Pre-book, from {day}</Trans>
    </span>
  );
}
