import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { StyleItem } from "@/features/catalog/api/list-styles";
import { StyleCard } from "@/features/catalog/components/style-card";
import styles from "@/features/catalog/components/style-cards.module.css";
import { useCart, useCurrentCartId } from "@/shared/cart/use-cart";

const CARD = { width: 216, height: 344 };
const ROW_HEIGHT = 96;
const GAP = 12;

interface Props {
  items: StyleItem[];
  layout: "cards" | "list";
  hasMore: boolean;
  onMore: () => void;
}

/** Only the rows near the screen are there, however long the catalogue is. */
export function StyleCards({ items, layout, hasMore, onMore }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const { width, top } = usePlace(list);
  const columns =
    layout === "list" ? 1 : Math.max(1, Math.floor((width + GAP) / (CARD.width + GAP)));
  const rows = Math.ceil(items.length / columns);
  const height = layout === "list" ? ROW_HEIGHT : CARD.height;
  const virtual = useWindowVirtualizer({
    count: rows,
    estimateSize: () => height,
    gap: GAP,
    overscan: 3,
    scrollMargin: top,
  });
  const measure = virtual.measure;
  useLayoutEffect(() => measure(), [measure, height, columns]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows - 4) onMore();
  }, [hasMore, last, rows, onMore]);
  const inCart = usePiecesInCart();
  return (
    <ul ref={list} className={styles.list} style={{ height: virtual.getTotalSize() }}>
      {shown.flatMap((row) =>
        items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
          <li
            key={item.style}
            className={styles.item}
            aria-setsize={items.length}
            aria-posinset={row.index * columns + column + 1}
            style={{
              height,
              width: `calc((100% - ${(columns - 1) * GAP}px) / ${columns})`,
              insetInlineStart: `calc((100% + ${GAP}px) / ${columns} * ${column})`,
              transform: `translateY(${row.start - top}px)`,
            }}
          >
            <StyleCard item={item} layout={layout} inCart={inCart.get(item.style) ?? 0} />
          </li>
        )),
      )}
    </ul>
  );
}

function usePiecesInCart(): Map<string, number> {
  const open = useCart(useCurrentCartId());
  return new Map(open?.cart.styles.map((style) => [style.style, style.pieces]));
}

/** Width of the list, and how far below the page's top it starts, in pixels. */
function usePlace(list: React.RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const { width, top } = element.getBoundingClientRect();
      setPlace((before) => {
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
  return place;
}
