import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  type FocusEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import styles from "@/features/carts/components/deliveries.module.css";
import { useOnPaper } from "@/ui/on-paper";

export interface StretchedHandle {
  /** Scrolls to a row and focuses what has this id in it. */
  show: (index: number, id: string) => void;
}

interface Props {
  count: number;
  keyOf: (index: number) => string;
  /** About how many pixels a row takes, until it is seen. */
  heightOf: (index: number) => number;
  render: (index: number) => ReactNode;
  handle: Ref<StretchedHandle>;
}

/** So many rows are all there, so that the browser finds text in them. */
const ALL = 60;

/** Rows below each other; of very many only those near the screen are there, on paper all. */
export function Stretched(props: Props) {
  return props.count > ALL ? <Near {...props} /> : <All {...props} />;
}

function All({ count, keyOf, render, handle }: Props) {
  useImperativeHandle(handle, () => ({ show: (_, id) => focusOn(id) }), []);
  return (
    <div>
      {Array.from({ length: count }, (_, index) => (
        <div key={keyOf(index)} data-row="">
          {render(index)}
        </div>
      ))}
    </div>
  );
}

function Near({ count, keyOf, heightOf, render, handle }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const top = useTop(list);
  const onPaper = useOnPaper();
  const [focused, setFocused] = useState<number | null>(null);
  const virtual = useWindowVirtualizer({
    count,
    getItemKey: keyOf,
    estimateSize: heightOf,
    overscan: 6,
    scrollMargin: top,
    // What has the focus stays, wherever the page is scrolled to.
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      return focused === null || near.includes(focused)
        ? near
        : [...near, focused].sort((a, b) => a - b);
    },
  });
  useImperativeHandle(
    handle,
    () => ({
      show(index, id) {
        virtual.scrollToIndex(index, { align: "start" });
        // The row comes with the next frames.
        let tries = 20;
        const focus = () => {
          if (!focusOn(id) && (tries -= 1)) requestAnimationFrame(focus);
        };
        requestAnimationFrame(focus);
      },
    }),
    [virtual],
  );
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const row = event.target.closest<HTMLElement>("[data-index]");
    setFocused(row ? Number(row.dataset.index) : null);
  };
  if (onPaper) {
    // The rows that were there stay the same elements, so that the focus stays, too.
    return (
      <div ref={list}>
        {Array.from({ length: count }, (_, index) => (
          <div key={keyOf(index)} data-row="" data-index={index}>
            {render(index)}
          </div>
        ))}
      </div>
    );
  }
  return (
    <div
      ref={list}
      className={styles.near}
      style={{ height: virtual.getTotalSize() }}
      onFocus={onFocus}
      onBlur={() => setFocused(null)}
    >
      {virtual.getVirtualItems().map((item) => (
        <div
          key={item.key}
          ref={virtual.measureElement}
          data-row=""
          data-index={item.index}
          style={{ transform: `translateY(${item.start - top}px)` }}
        >
          {render(item.index)}
        </div>
      ))}
    </div>
  );
}

function focusOn(id: string): boolean {
  const found = document.getElementById(id);
  found?.focus();
  found?.scrollIntoView({ block: "start" });
  return Boolean(found);
}

/** How far below the page's top an element starts, in pixels. */
function useTop(list: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => setTop(Math.round(element.getBoundingClientRect().top + window.scrollY));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return top;
}
