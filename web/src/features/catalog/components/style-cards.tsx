import { useRouter } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { StyleItem } from "@/features/catalog/api/list-styles";
import type { ShipDates } from "@/features/catalog/components/glance";
import { StyleCard } from "@/features/catalog/components/style-card";
import styles from "@/features/catalog/components/style-cards.module.css";
import { useCart, useCurrentCartId } from "@/shared/cart/use-cart";
import { openedFrom } from "@/shared/last-catalog";
import { pick, unpick, usePicks } from "@/shared/picks";
import { useScope } from "@/shared/scope";

const GAP = 12;
const ROW_GAP = 6;
/** In rem, so that larger letters get larger cards: they are as high as their text needs. */
const CARD = { width: 13.5, height: 24.75 };
const NARROW_CARD = { width: 9.75, height: 26.25 };
const ROW = 4.75;
const NARROW_ROW = 8.25;
const PHONE_ROW = 14.75;

interface Props {
  /** Those that are loaded: the first of `total`. */
  items: StyleItem[];
  total: number;
  layout: "cards" | "list";
  /** The delivery windows that are looked at, the first to ship first; none for all. */
  wanted: readonly string[];
  preBook: ShipDates;
  isPreBook: boolean;
  /** Called where the screen shows some that are not loaded, or nearly does. */
  onMore: () => void;
}

/**
 * Only the rows near the screen are there, however long the catalogue is. The list is as high
 * as all of it from the start, so that nothing jumps and a place in it can be returned to.
 */
export function StyleCards(props: Props) {
  const { items, total, layout, wanted, preBook, isPreBook, onMore } = props;
  const { company } = useScope();
  const list = useRef<HTMLUListElement>(null);
  const { width, top } = useBounds(list);
  const { columns, height } = measures(width, layout);
  const rows = Math.ceil(total / columns);
  const virtual = useWindowVirtualizer({
    count: rows,
    estimateSize: () => height,
    gap: layout === "list" ? ROW_GAP : GAP,
    overscan: 3,
    scrollMargin: top,
  });
  const measure = virtual.measure;
  useLayoutEffect(() => measure(), [measure, height, columns]);
  const shown = virtual.getVirtualItems();
  const last = ((shown.at(-1)?.index ?? 0) + 2) * columns;
  useEffect(() => {
    if (items.length < Math.min(last, total)) onMore();
  }, [last, items.length, total, onMore]);
  const inCart = usePiecesInCart();
  const picks = usePicks(company.id);
  const onPick = useCallback(
    (style: string, isPicked: boolean) => (isPicked ? pick : unpick)(company.id, [style]),
    [company.id],
  );
  useFocusOnReturn(list);
  return (
    <ul ref={list} className={styles.list} style={{ height: virtual.getTotalSize() }}>
      {shown.flatMap((row) =>
        Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
          const index = row.index * columns + column;
          const item = items[index];
          return (
            <li
              key={item?.style ?? index}
              className={styles.item}
              aria-hidden={!item || undefined}
              aria-setsize={total}
              aria-posinset={index + 1}
              style={{
                height,
                width: `calc((100% - ${(columns - 1) * GAP}px) / ${columns})`,
                insetInlineStart: `calc((100% + ${GAP}px) / ${columns} * ${column})`,
                transform: `translateY(${row.start - top}px)`,
              }}
            >
              {item ? (
                <StyleCard
                  item={item}
                  layout={layout}
                  inCart={inCart.get(item.style) ?? 0}
                  isPicked={picks.includes(item.style)}
                  onPick={onPick}
                  wanted={wanted}
                  preBook={preBook}
                  isPreBook={isPreBook}
                  isFirst={index < columns * 2}
                />
              ) : (
                <div className={layout === "list" ? styles.emptyRow : styles.empty} />
              )}
            </li>
          );
        }),
      )}
    </ul>
  );
}

/** Columns, and the height of a row in pixels. */
function measures(width: number, layout: Props["layout"]) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const is = (limit: number) => width < limit * rem;
  if (layout === "list") {
    const row = is(30) ? PHONE_ROW : is(60.5) ? NARROW_ROW : ROW;
    return { columns: 1, height: row * rem };
  }
  const card = is(30) ? NARROW_CARD : CARD;
  const columns = Math.max(1, Math.floor((width + GAP) / (card.width * rem + GAP)));
  return { columns, height: card.height * rem };
}

function usePiecesInCart(): Map<string, number> {
  const open = useCart(useCurrentCartId());
  return new Map(open?.cart.styles.map((style) => [style.style, style.pieces]));
}

/** Who comes back from a style goes on at it by keyboard, too. */
function useFocusOnReturn(list: React.RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    const style = openedFrom(router.state.location);
    if (!style) return;
    // Behind the restored scroll place, and behind what every new page does with the focus.
    const frame = requestAnimationFrame(() =>
      list.current
        ?.querySelector<HTMLElement>(`[data-style="${CSS.escape(style)}"]`)
        ?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, [list, router]);
}

/** Width of the list, and how far below the page's top it starts, in pixels. */
function useBounds(list: React.RefObject<HTMLElement | null>) {
  const [bounds, setBounds] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const { width, top } = element.getBoundingClientRect();
      setBounds((before) => {
        const now = { width, top: Math.round(top + window.scrollY) };
        return before.width === now.width && before.top === now.top ? before : now;
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return bounds;
}
