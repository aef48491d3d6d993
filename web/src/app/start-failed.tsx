import { setupI18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import styles from "@/features/session/components/sign-in.module.css";
import type { Language } from "@/i18n/locale";
import { Button } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";

/**
 * Shown when the language's catalogue could not be loaded. Its few words come with the page, as
 * tools/start-words.ts takes them out of the catalogues.
 */
export function StartFailed({ language }: { language: Language }) {
  const messages = { [language]: __START_WORDS__[language] ?? {} };
  const i18n = setupI18n({ locale: language, messages });
  const title = i18n._(msg`Sellin could not be loaded`);
  return (
    <main className={styles.main} lang={language}>
      <PageTitle>{title}</PageTitle>
      <p className={styles.brand}>Sellin</p>
      <h1>{title}</h1>
      <p>
        {i18n._(
          msg`The connection was cut while the page was loading. Nothing that you entered is lost.`,
        )}
      </p>
      <Button look="main" onPress={() => location.reload()}>
        {i18n._(msg`Try again`)}
      </Button>
    </main>
  );
}
