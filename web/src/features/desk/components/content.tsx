import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { Shown } from "@/features/desk/api/queries";
import styles from "@/features/desk/components/desk.module.css";
import { Notice } from "@/ui/notice";

/** The message, a value a line; the first line that a reason is about is in sight. */
export function Content({ message }: { message: Shown }) {
  const { t } = useLingui();
  const box = useRef<HTMLPreElement>(null);
  const first = useRef<HTMLSpanElement>(null);
  const { lines, marks, cut } = message;
  const reasons = new Map(marks.map((mark) => [mark.line, mark.reason + 1]));
  const firstLine = Math.min(...reasons.keys());
  useEffect(() => {
    if (box.current && first.current) {
      box.current.scrollTop = first.current.offsetTop - box.current.offsetTop - 80;
    }
  }, []);
  return (
    <>
      <h2>
        <Trans>Content</Trans>
      </h2>
      {cut && (
        <Notice>
          <Trans>It is too long to be shown whole.</Trans>
        </Notice>
      )}
      <pre className={styles.message} ref={box} tabIndex={0} aria-label={t`Content`}>
        {lines.map((line, index) => {
          const reason = reasons.get(index);
          return (
            <span
              key={index}
              ref={index === firstLine ? first : undefined}
              className={`${styles.line} ${reason ? styles.marked : ""}`}
            >
              {line}
              {reason !== undefined && (
                <b>
                  {" ← "}
                  <Trans>reason {reason}</Trans>
                </b>
              )}
            </span>
          );
        })}
      </pre>
    </>
  );
}
