import { Trans, useLingui } from "@lingui/react/macro";
import type { components } from "@/api/schema/orders";
import styles from "@/features/orders/components/place-page.module.css";
import { useScope } from "@/shared/scope";
import { Select, TextField } from "@/ui/field";

type Given = components["schemas"]["ConsentGiven"];

/** What a rep has entered so far; how they agreed is empty until it is chosen. */
export interface Consent {
  name: string;
  means: Given["means"] | "";
}

export const NO_CONSENT: Consent = { name: "", means: "" };
export const CONSENT_FIELD = "consent";

/** The consent as it is sent; null while a part of it is missing. */
export function agreedBy({ name, means }: Consent): Given | null {
  return name.trim() && means ? { name: name.trim(), means } : null;
}

interface Props {
  consent: Consent;
  /** What is wrong with the one that was sent. */
  fault: string | undefined;
  onConsent: (consent: Consent) => void;
}

/** Who of the company agreed to the order that a rep places, and how. */
export function ConsentFields({ consent, fault, onConsent }: Props) {
  const { t } = useLingui();
  const customer = useScope().company.name;
  return (
    <fieldset className={styles.consent}>
      <legend>
        <Trans>You order for {customer}</Trans>
      </legend>
      <TextField
        id={CONSENT_FIELD}
        label={t`Who of them agreed to the order`}
        hint={t`It stands in the order’s history and on its confirmation.`}
        fault={fault}
        autoComplete="off"
        maxLength={100}
        value={consent.name}
        onChange={(event) => onConsent({ ...consent, name: event.target.value })}
      />
      <Select
        label={t`How they agreed`}
        value={consent.means}
        options={[
          { value: "", label: t`Please choose` },
          { value: "phone", label: t`By phone` },
          { value: "mail", label: t`By mail` },
          { value: "meeting", label: t`In a meeting` },
        ]}
        onChange={(means) => onConsent({ ...consent, means: means as Consent["means"] })}
      />
    </fieldset>
  );
}
