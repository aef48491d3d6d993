import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { type SubmitEvent, useState } from "react";
import { type Draft, type Preview, useSave } from "@/features/desk/assortments/api";
import styles from "@/features/desk/assortments/assortments.module.css";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";

interface Props {
  id: string;
  etag: string | undefined;
  draft: Draft;
  preview: Preview;
  onSaved: () => void;
}

/** What the draft changes for whom, and the way to have it so. */
export function PreviewAndSave({ preview, ...saving }: Props) {
  const { t } = useLingui();
  const companies = t`${plural(preview.companies, { one: "# company", other: "# companies" })}`;
  const seen = t`${plural(preview.styles, { one: "# style", other: "# styles" })}`;
  return (
    <section className={styles.section} aria-label={t`What changes`}>
      <h2>
        <Trans>What changes</Trans>
      </h2>
      <p role="status">
        <Trans>
          {companies} will see {seen}, as far as they have a price.
        </Trans>
      </p>
      <Shifted title={t`Comes`} shift={preview.gained} />
      <Shifted title={t`Goes`} shift={preview.lost} />
      <Save {...saving} />
    </section>
  );
}

function Shifted({ title, shift }: { title: string; shift: Preview["gained"] }) {
  const { t } = useLingui();
  const format = useFormat();
  const columns: Column<(typeof shift.examples)[number]>[] = [
    { name: t`Style`, cell: (each) => each.style, kind: "head" },
    { name: t`Name`, cell: (each) => each.name, kind: "text" },
    { name: t`Colour`, cell: (each) => `${each.colour} ${each.colour_name}`, kind: "text" },
  ];
  const count = t`${plural(shift.colourways, { one: "# colourway", other: "# colourways" })}`;
  const first = format.number(shift.examples.length);
  const isCut = shift.colourways > shift.examples.length;
  return (
    <details className={styles.shifted}>
      <summary>
        {title}: <strong>{count}</strong>
      </summary>
      {shift.examples.length > 0 && (
        <Table
          caption={isCut ? t`${title}: the first ${first}` : title}
          columns={columns}
          items={shift.examples}
          keyOf={(each) => `${each.style} ${each.colour}`}
        />
      )}
    </details>
  );
}

function Save({ id, etag, draft, onSaved }: Omit<Props, "preview">) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const [from, setFrom] = useState("");
  const saving = useSave(id, etag);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    // The field has no zone: it is the clock of who sits before it.
    const holdsFrom = from ? new Date(from).toISOString() : null;
    saving.mutate(
      { ...draft, reason: reason.trim(), holds_from: holdsFrom },
      { onSuccess: onSaved },
    );
  };
  return (
    <form className={styles.save} onSubmit={submit}>
      <TextField
        label={t`Reason`}
        hint={t`For those who look at its history and the audit.`}
        value={reason}
        required
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label={t`Holds from`}
        hint={t`By your clock. Empty: at once.`}
        type="datetime-local"
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      {saving.error && <Failure error={saving.error} />}
      <Button type="submit" look="main" isDisabled={saving.isPending}>
        {from ? <Trans>Plan it</Trans> : <Trans>Save</Trans>}
      </Button>
    </form>
  );
}
