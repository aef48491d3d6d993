import { useLingui } from "@lingui/react";
import { useEffect, useState } from "react";
import type { Messages } from "@lingui/core";

/** Whether the desk's own words are there, in the language that is shown; loads them where not. */
export function useDeskWords(): boolean {
  const { i18n } = useLingui();
  const { locale } = i18n;
  const [loaded, setLoaded] = useState("");
  useEffect(() => {
    let isWanted = true;
    void import(`./locales/${locale}.po`).then((found: { messages: Messages }) => {
      if (!isWanted) return;
      i18n.load(locale, found.messages);
      setLoaded(locale);
    });
    return () => {
      isWanted = false;
    };
  }, [i18n, locale]);
  return loaded === locale;
}
