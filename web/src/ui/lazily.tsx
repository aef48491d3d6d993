import { type ComponentType, useEffect, useState } from "react";
import { Unreachable } from "@/api/problem";

/** Files of the portal could not be loaded. A browser may keep to that until it loads it anew. */
export class NotLoaded extends Unreachable {}

/**
 * A page, or a part of one, whose files are loaded when it is first shown or likely to be.
 *
 * Unlike the router's own, it never reloads by itself, which would lose what is being entered
 * where the network is cut: it throws NotLoaded.
 */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let page: ComponentType<Props> | undefined;
  async function preload(): Promise<void> {
    if (page) return;
    // A browser that fails once at a file may never ask for it again.
    if (!navigator.onLine) throw new NotLoaded();
    page = await load().catch(() => {
      throw new NotLoaded();
    });
  }
  function Page(props: Props) {
    const [state, setState] = useState<{ page?: typeof page; error?: Error }>({ page });
    useEffect(() => {
      preload().then(
        () => setState({ page }),
        () => setState({ error: new NotLoaded() }),
      );
    }, []);
    if (state.error) throw state.error;
    return state.page && <state.page {...props} />;
  }
  // Being likely to be shown is no reason to fail.
  return Object.assign(Page, { preload: () => preload().catch(() => undefined) });
}

/** Loads the portal anew where the person is, once it can be reached. */
export async function loadAgain(): Promise<void> {
  const start = await fetch("/index.html", { cache: "no-store" }).catch(() => null);
  if (start?.ok) location.reload();
}
