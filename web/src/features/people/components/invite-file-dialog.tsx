import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type SyntheticEvent, useState } from "react";
import { type InvitedRow, MOST_PEOPLE, useInviteFile } from "@/features/people/api/invite-file";
import styles from "@/features/people/components/people-page.module.css";
import { useRoleText } from "@/features/people/roles";
import { useFormat } from "@/i18n/format";
import { ACCEPTED } from "@/shared/upload-kind";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { Failure, Notice } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Asks for a file of people, shows what would become of each row, and invites them. */
export function InviteFileDialog({ isOpen, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog title={t`Invite by a file`} isOpen={isOpen} onClose={onClose}>
      <InviteFile onClose={onClose} />
    </Dialog>
  );
}

function InviteFile({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const [chosen, setChosen] = useState<{ file: File; key: string } | null>(null);
  const looking = useInviteFile(true);
  const inviting = useInviteFile(false);
  const columns = format.list([t`E-mail`, t`Name`, t`Role`]);
  const most = format.number(MOST_PEOPLE);
  const choose = (file: File | undefined) => {
    inviting.reset();
    looking.reset();
    const next = file ? { file, key: crypto.randomUUID() } : null;
    setChosen(next);
    if (next) looking.mutate(next);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (chosen) inviting.mutate(chosen);
  };
  const shown = inviting.data ?? looking.data;
  const error = inviting.error ?? looking.error;
  const count = shown?.invited ?? 0;
  const refused = shown?.refused ?? 0;
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>
        <Trans>
          An XLSX or CSV file of at most {most} people, with the columns {columns}. Nothing is done
          before you have seen what would become of each row.
        </Trans>
      </p>
      <TextField
        label={t`File of people`}
        type="file"
        accept={ACCEPTED.join()}
        onChange={(event) => choose(event.target.files?.[0])}
      />
      {looking.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {inviting.data && (
        <Notice>
          <Plural value={count} one="# person is invited." other="# people are invited." />
        </Notice>
      )}
      {refused > 0 && (
        <Notice kind="warning">
          <Plural value={refused} one="# row is left out." other="# rows are left out." />
        </Notice>
      )}
      {shown && <Rows rows={shown.rows} />}
      {error && <Failure error={error} />}
      <Actions>
        <Button onPress={onClose}>{inviting.data ? t`Close` : t`Cancel`}</Button>
        {!inviting.data && (
          <Button look="main" type="submit" isDisabled={!count || inviting.isPending}>
            {t`${plural(count, { one: "Invite # person", other: "Invite # people" })}`}
          </Button>
        )}
      </Actions>
    </form>
  );
}

function Rows({ rows }: { rows: InvitedRow[] }) {
  const { t } = useLingui();
  const role = useRoleText();
  const columns: Column<InvitedRow>[] = [
    { name: t`Row`, cell: (each) => each.row, kind: "figure" },
    { name: t`E-mail`, cell: (each) => each.email },
    { name: t`Name`, cell: (each) => each.name },
    { name: t`Role`, cell: (each) => each.role && role(each.role) },
    { name: t`What is wrong`, cell: (each) => each.faults.join(" "), kind: "text" },
  ];
  return (
    <Table
      caption={<Trans>What becomes of each row</Trans>}
      columns={columns}
      items={rows}
      keyOf={(each) => each.row}
    />
  );
}
