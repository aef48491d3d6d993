import { useLingui } from "@lingui/react/macro";
import { isSignedIn } from "@/features/session/api/identity";
import { changeMe } from "@/features/session/api/change-me";
import { activate, type Language, LANGUAGES, rememberLanguage } from "@/i18n/locale";
import { Select } from "@/ui/field";

/** Changes the language at once; nothing that is being entered is lost. */
export function LanguageSwitch({ language }: { language: string }) {
  const { t } = useLingui();
  const change = (chosen: string) => {
    rememberLanguage(chosen as Language);
    void activate(chosen as Language);
    // Kept on this device already; elsewhere it is a convenience that may fail.
    if (isSignedIn()) changeMe({ language: chosen as Language }).catch(() => undefined);
  };
  return (
    <Select
      label={t`Language`}
      value={language}
      onChange={change}
      options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
    />
  );
}
