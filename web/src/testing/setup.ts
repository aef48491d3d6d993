import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { preloadDialogs } from "@/ui/dialog";

// jsdom has no canvas and says so; axe-core looks for icon fonts with one.
HTMLCanvasElement.prototype.getContext = () => null;

// A busy machine is no fault.
configure({ asyncUtilTimeout: 10_000 });

// Nor does it scroll.
window.scrollTo = () => undefined;

// Node's Request knows no address of a page, and no AbortSignal but Node's.
const NodeRequest = Request;
globalThis.Request = class extends NodeRequest {
  constructor(what: RequestInfo | URL, init?: RequestInit) {
    const isRequest = what instanceof NodeRequest;
    super(isRequest ? what : new URL(String(what), document.baseURI), { ...init, signal: null });
  }
};

afterEach(() => {
  cleanup();
  localStorage.clear();
});

// jsdom has no CSS.escape either; the ids of React Aria need none.
(globalThis as Partial<typeof globalThis>).CSS ??= { escape: (text: string) => text } as typeof CSS;

// Nor has it a layout to scroll.
HTMLElement.prototype.scrollIntoView = () => undefined;

// As it is once the first page is there.
await preloadDialogs();
