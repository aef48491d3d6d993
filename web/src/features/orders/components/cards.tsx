import type { ReactNode } from "react";
import styles from "@/features/orders/components/shipments.module.css";

interface Props<T> {
  /** Of the heading, within the page. */
  id: string;
  title: string;
  documents: T[];
  children: (document: T) => ReactNode;
}

/** A section of an order's page with a card for each document; none where there is no document. */
export function Cards<T extends { number: string }>({ id, title, documents, children }: Props<T>) {
  if (!documents.length) return null;
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className={styles.cards}>
        {documents.map((document) => (
          <li key={document.number} className={styles.card}>
            {children(document)}
          </li>
        ))}
      </ul>
    </section>
  );
}
