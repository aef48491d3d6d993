import { type ComponentType, useEffect, useState } from "react";
import { Unreachable } from "@/api/problem";

/**
 * A page whose files are loaded when it is first shown or likely to be.
 *
 * Unlike the router's own, it never reloads by itself, which would lose what is being entered
 * where the network is cut: it throws Unreachable, and tries again when it is shown again.
 */
export function lazily(load: () => Promise<ComponentType>) {
  let page: ComponentType | undefined;
  let loading: Promise<void> | undefined;
  function preload(): Promise<void> {
    loading ??= load().then(
      (found) => {
        page = found;
      },
      () => {
        loading = undefined;
        throw new Unreachable();
      },
    );
    return loading;
  }
  function Page() {
    const [state, setState] = useState<{ page?: ComponentType | undefined; error?: unknown }>({
      page,
    });
    useEffect(() => {
      preload().then(
        () => setState({ page }),
        (error: unknown) => setState({ error }),
      );
    }, []);
    if (state.error) throw state.error;
    return state.page && <state.page />;
  }
  // Being likely to be shown is no reason to fail.
  return Object.assign(Page, { preload: () => preload().catch(() => undefined) });
}
