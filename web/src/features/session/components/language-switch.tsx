import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeMe } from "@/features/session/api/change-me";
import { isSignedIn } from "@/features/session/api/session";
import { activate, type Language, LANGUAGE_OPTIONS, rememberLanguage } from "@/i18n/locale";
import { Select } from "@/ui/field";
import { Failure } from "@/ui/notice";

/** Changes the language at once; nothing that is being entered is lost. */
export function LanguageSwitch({ language }: { language: string }) {
  const { t } = useLingui();
  // Known within the event itself, so that the next key goes on from there; the mutation's own
  // state comes a moment later.
  const [chosen, setChosen] = useState<Language | null>(null);
  const changing = useMutation({
    mutationFn: activate,
    onSuccess: (isShown, chosen) => {
      if (!isShown) return;
      rememberLanguage(chosen);
      // Kept on this device already; elsewhere it is a convenience that may fail.
      if (isSignedIn()) changeMe({ language: chosen }).catch(() => undefined);
    },
  });
  return (
    <>
      <Select
        label={t`Language`}
        value={chosen ?? language}
        onChange={(value) => {
          setChosen(value as Language);
          changing.mutate(value as Language, { onSettled: () => setChosen(null) });
        }}
        options={LANGUAGE_OPTIONS}
      />
      {changing.error && <Failure error={changing.error} />}
    </>
  );
}
