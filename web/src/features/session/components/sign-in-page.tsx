import type { ReactNode } from "react";
import { LanguageSwitch } from "@/features/session/components/language-switch";
import styles from "@/features/session/components/sign-in.module.css";
import { PageTitle } from "@/ui/page-title";

interface Props {
  title: string;
  heading: string;
  language: string;
  children: ReactNode;
}

/** What is around every page that nobody needs to be signed in for. */
export function SignInPage({ title, heading, language, children }: Props) {
  return (
    <div className={styles.page}>
      <PageTitle>{title}</PageTitle>
      <header>
        <LanguageSwitch language={language} />
      </header>
      <main className={styles.main}>
        <p className={styles.brand}>Sellin</p>
        <h1>{heading}</h1>
        {children}
      </main>
    </div>
  );
}
