import type { Autosave } from "@/shared/cart/autosave";

/** What was typed is not saved, and can't be without the person or the network. */
export class NotSaved extends Error {}

/** Sends what was typed and waits until it is saved; throws NotSaved where it can't be. */
export async function whenSaved(autosave: Autosave): Promise<void> {
  for (;;) {
    const { state, edits } = autosave.snapshot();
    if (!edits.size && (state === "saved" || state === "waiting")) return;
    if (state === "offline" || state === "conflict" || state === "refused") throw new NotSaved();
    const changed = new Promise<void>((resolve) => {
      const stop = autosave.subscribe(() => {
        stop();
        resolve();
      });
    });
    await Promise.all([changed, autosave.flush()]);
  }
}
