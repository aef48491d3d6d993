import type { Language } from "@/i18n/locale";
import styles from "@/features/session/components/sign-in.module.css";
import { Button } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";

/* eslint-disable lingui/no-unlocalized-strings -- It is a catalogue that is missing. */
const WORDS: Record<Language, [title: string, why: string, retry: string]> = {
  en: [
    "Sellin could not be loaded",
    "The connection was cut while the page was loading. Nothing that you entered is lost.",
    "Try again",
  ],
  de: [
    "Sellin konnte nicht geladen werden",
    "Die Verbindung brach ab, während die Seite geladen wurde. Ihre Eingaben sind nicht verloren.",
    "Noch einmal versuchen",
  ],
  fr: [
    "Impossible de charger Sellin",
    "La connexion a été coupée pendant le chargement de la page. Vos saisies ne sont pas perdues.",
    "Réessayer",
  ],
  hu: [
    "A Sellint nem sikerült betölteni",
    "A kapcsolat megszakadt az oldal betöltése közben. A megadott adatok nem vesztek el.",
    "Újra",
  ],
  pl: [
    "Nie udało się wczytać aplikacji Sellin",
    "Połączenie zostało przerwane podczas wczytywania strony. Wprowadzone dane nie zostały utracone.",
    "Spróbuj ponownie",
  ],
  sv: [
    "Sellin kunde inte läsas in",
    "Anslutningen bröts medan sidan lästes in. Inget av det du har angett har gått förlorat.",
    "Försök igen",
  ],
};
/* eslint-enable lingui/no-unlocalized-strings */

/** Shown when the language's file could not be loaded: the page has no other words. */
export function StartFailed({ language }: { language: Language }) {
  const [title, why, retry] = WORDS[language];
  return (
    <main className={styles.main} lang={language}>
      <PageTitle>{title}</PageTitle>
      <p className={styles.brand}>Sellin</p>
      <h1>{title}</h1>
      <p>{why}</p>
      <Button look="main" onPress={() => location.reload()}>
        {retry}
      </Button>
    </main>
  );
}
