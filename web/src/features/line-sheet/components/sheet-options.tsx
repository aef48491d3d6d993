import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import type { Window } from "@/features/line-sheet/api/get-line-sheet";
import styles from "@/features/line-sheet/components/sheet-options.module.css";
import { paperOf } from "@/features/line-sheet/paper";
import type { LineSheetSearch } from "@/features/line-sheet/search";
import { useFormat } from "@/i18n/format";
import { type Language, LANGUAGE_OPTIONS } from "@/i18n/locale";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";
import { Icon } from "@/ui/icon";

interface Props {
  search: LineSheetSearch;
  language: Language;
  windows: Window[];
  onChange: (search: LineSheetSearch) => void;
}

/** What is on the sheet, and on which paper; printing and sending it. */
export function SheetOptions({ search, language, windows, onChange }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { company } = useScope();
  const set = <K extends keyof LineSheetSearch>(name: K, value: LineSheetSearch[K] | undefined) => {
    const { [name]: _, ...rest } = search;
    onChange(value === undefined ? rest : { ...rest, [name]: value });
  };
  const window = (each: Window) =>
    each.kind === "at_once"
      ? t`At once`
      : `${each.id}, ${format.dates(each.ship_from, each.ship_to)}`;
  return (
    <section aria-label={t`What is on the sheet`} className={styles.options}>
      <Select
        label={t`Language`}
        value={language}
        options={LANGUAGE_OPTIONS}
        onChange={(value) => set("language", value as Language)}
      />
      <Select
        label={t`Delivery`}
        value={search.window ?? ""}
        options={[
          { value: "", label: t`All` },
          ...windows.map((each) => ({ value: each.id, label: window(each) })),
        ]}
        onChange={(value) => set("window", value || undefined)}
      />
      <Select
        label={t`Sort by`}
        value={search.order ?? ""}
        options={[
          { value: "", label: t`As picked` },
          { value: "category", label: t`By category` },
          { value: "number", label: t`By number` },
          { value: "name", label: t`By name` },
        ]}
        onChange={(value) => set("order", (value || undefined) as LineSheetSearch["order"])}
      />
      <Select
        label={t`Paper`}
        value={paperOf(search, company)}
        options={[
          { value: "a4", label: "A4" },
          { value: "letter", label: "Letter" },
        ]}
        onChange={(value) => set("paper", value as LineSheetSearch["paper"])}
      />
      <div className={styles.checks}>
        <Check
          isSet={search.prices !== "rrp"}
          onChange={(isSet) => set("prices", isSet ? undefined : "rrp")}
        >
          <Trans>Wholesale prices</Trans>
        </Check>
        <Check isSet={search.gtins ?? false} onChange={(isSet) => set("gtins", isSet || undefined)}>
          <Trans>GTINs</Trans>
        </Check>
      </div>
      <div className={styles.actions}>
        <CopyLink />
        <Button look="main" onPress={() => globalThis.print()}>
          <Icon name="print" />
          <Trans>Print or save as PDF</Trans>
        </Button>
      </div>
    </section>
  );
}

interface CheckProps {
  isSet: boolean;
  onChange: (isSet: boolean) => void;
  children: ReactNode;
}

function Check({ isSet, onChange, children }: CheckProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={isSet}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

/** The address has everything; colleagues who open it see it with their company's prices. */
function CopyLink() {
  const { t } = useLingui();
  const [said, setSaid] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(location.href).then(
      () => setSaid(t`Link copied`),
      () => setSaid(t`The link could not be copied. It is the address of this page.`),
    );
  return (
    <>
      <span role="status" className={styles.said}>
        {said}
      </span>
      <Button onPress={() => void copy()}>
        <Icon name="link" />
        <Trans>Copy link</Trans>
      </Button>
    </>
  );
}
