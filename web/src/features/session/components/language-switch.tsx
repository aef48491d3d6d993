import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { changeMe } from "@/features/session/api/change-me";
import { isSignedIn } from "@/features/session/api/session";
import { activate, type Language, LANGUAGE_OPTIONS, rememberLanguage } from "@/i18n/locale";
import { Select } from "@/ui/field";
import { Failure } from "@/ui/notice";

/** Changes the language at once; nothing that is being entered is lost. */
export function LanguageSwitch({ language }: { language: string }) {
  const { t } = useLingui();
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
        // Its choice before it is loaded, so that the next key goes on from there.
        value={changing.isPending ? changing.variables : language}
        onChange={(chosen) => changing.mutate(chosen as Language)}
        options={LANGUAGE_OPTIONS}
      />
      {changing.error && <Failure error={changing.error} />}
    </>
  );
}
