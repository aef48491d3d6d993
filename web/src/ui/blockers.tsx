import type { ReactNode } from "react";
import styles from "@/ui/blockers.module.css";

/** Something that is to be settled first. */
export interface Blocker {
  key: string;
  text: ReactNode;
  /** Goes where it is settled; absent where the person can't. */
  onGo?: (() => void) | undefined;
}

/** Why the button beside it does not do what it says yet, each with the way to settle it. */
export function Blockers({ title, blockers }: { title: ReactNode; blockers: Blocker[] }) {
  if (!blockers.length) return null;
  return (
    <div className={styles.blockers} role="status">
      <p>{title}</p>
      <ul>
        {blockers.map(({ key, text, onGo }) => (
          <li key={key}>
            {onGo ? (
              <button type="button" className={styles.way} onClick={onGo}>
                {text}
              </button>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Shows the element of that id and gives it the focus. */
export function goTo(id: string): void {
  document.getElementById(id)?.focus();
}
