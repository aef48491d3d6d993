import type { ReactNode } from "react";
import { lazily } from "@/ui/lazily";
import type { Props } from "@/ui/modal-dialog";
import styles from "@/ui/dialog.module.css";

/** What holds the focus is a third of React Aria, and no page opens with a question. */
const ModalDialog = lazily(() => import("@/ui/modal-dialog").then((module) => module.ModalDialog));

/** Gets the files of dialogs, so that one opens at once and without a network. */
export const preloadDialogs = ModalDialog.preload;

/** A question over the page: holds the focus and gives it back, Escape closes it if it may. */
export function Dialog({ isOpen, ...props }: Props & { isOpen: boolean }) {
  return isOpen && <ModalDialog {...props} />;
}

/** The buttons that end a dialog. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
