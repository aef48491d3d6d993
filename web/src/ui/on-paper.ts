import { useSyncExternalStore } from "react";

let isPrinting = false;

/** Whether the page is being printed, or previewed for it. */
export function useOnPaper(): boolean {
  return useSyncExternalStore(subscribe, onPaper);
}

const onPaper = () => isPrinting || paper()?.matches === true;

/** jsdom has no media. */
const paper = () => (typeof matchMedia === "function" ? matchMedia("print") : null);

function subscribe(listener: () => void): () => void {
  const media = paper();
  const set = (printing: boolean) => {
    isPrinting = printing;
    listener();
  };
  const before = () => set(true);
  const after = () => set(false);
  // The event comes before the pages are laid out, the media not in every browser.
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  media?.addEventListener("change", listener);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
    media?.removeEventListener("change", listener);
  };
}
