import type { MouseEvent } from "react";
import { useRouter } from "@tanstack/react-router";

const POSITION = "sellin.catalog-position";

interface CatalogPosition {
  href: string;
  /** Of the entry in the browser's history. */
  key: string;
  index: number;
  /** The style that was opened from there. */
  style: string;
}

interface Entry {
  href: string;
  state: { __TSR_key?: string; __TSR_index: number };
}

/** Keeps where in the catalogue a style was opened. */
export function leaveCatalog({ href, state }: Entry, style: string): void {
  const position = { href, key: state.__TSR_key ?? "", index: state.__TSR_index, style };
  sessionStorage.setItem(POSITION, JSON.stringify(position));
}

function lastPosition(): CatalogPosition | null {
  const text = sessionStorage.getItem(POSITION);
  return text ? (JSON.parse(text) as CatalogPosition) : null;
}

/** The style that was opened from this entry of the history, if one was. */
export function openedFrom({ state }: Entry): string | null {
  const position = lastPosition();
  return position && position.key === state.__TSR_key ? position.style : null;
}

/**
 * What a link back to the catalogue needs: its last search, and to the place in it if the
 * person came from there.
 */
export function useLastCatalog(): { href: string; onClick: (event: MouseEvent) => void } {
  const router = useRouter();
  const position = lastPosition();
  return {
    href: position?.href ?? "/catalog",
    onClick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (position && position.index === router.state.location.state.__TSR_index - 1) {
        router.history.back();
      } else {
        router.history.push(position?.href ?? "/catalog");
      }
    },
  };
}
