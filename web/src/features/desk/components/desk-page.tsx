import type { ReactNode } from "react";
import styles from "@/features/desk/components/desk.module.css";
import { PageTitle } from "@/ui/page-title";

interface Props {
  title: string;
  /** Where the page's object is one of a list, the way back to that. */
  back?: ReactNode;
  children: ReactNode;
}

/** A page of the desk, below its heading. */
export function DeskPage({ title, back, children }: Props) {
  return (
    <div className={styles.page}>
      <PageTitle>{title}</PageTitle>
      {back}
      <h1>{title}</h1>
      {children}
    </div>
  );
}
