import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, type SubmitEvent, useState } from "react";
import type { Column, FileHeader, Meaning } from "@/features/carts/api/upload-file";
import styles from "@/features/carts/components/upload-columns.module.css";
import { MEANINGS, useMeaningText } from "@/features/carts/meanings";
import { useFormat } from "@/i18n/format";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";

interface Props {
  headers: FileHeader[];
  /** Whether what columns may be by their contents is proposed. */
  isProposing: boolean;
  isBusy: boolean;
  /** What columns are, as the service takes it. */
  onApply: (columns: string[]) => void;
  /** What else is asked. */
  children?: ReactNode;
}

/** What each column of the file is, to be looked at and to be said otherwise. */
export function UploadColumns({ headers, isProposing, isBusy, onApply, children }: Props) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Meaning>>(new Map());
  const meaningOf = (header: FileHeader, column: Column): Meaning =>
    chosen.get(`${header.id} ${column.letter}`) ??
    (isProposing ? column.suggested : column.meaning);
  const said = (header: FileHeader) =>
    `${header.id}:${header.columns.map((column) => meaningOf(header, column)).join()}`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onApply(headers.map(said));
  };
  const readFrom = (header: FileHeader, row: string) =>
    onApply(headers.map((each) => (each === header ? `${row}:` : said(each))));
  return (
    <form onSubmit={submit} className={styles.form}>
      {headers.map((header) => (
        <fieldset key={header.id} className={styles.header}>
          {headers.length > 1 && <legend>{header.sheets.join(", ")}</legend>}
          {headers.length > 1 && (
            <p>
              <ChosenBefore header={header} />
            </p>
          )}
          <HeaderRow header={header} onRow={(row) => readFrom(header, row)} />
          <ul className={styles.columns}>
            {header.columns.map((column) => (
              <ColumnChoice
                key={column.letter}
                column={column}
                meaning={meaningOf(header, column)}
                onMeaning={(meaning) =>
                  setChosen(new Map(chosen).set(`${header.id} ${column.letter}`, meaning))
                }
              />
            ))}
          </ul>
        </fieldset>
      ))}
      {children}
      <div>
        <Button type="submit" look={isProposing ? "main" : "plain"} isDisabled={isBusy}>
          <Trans>Read the columns like this</Trans>
        </Button>
      </div>
    </form>
  );
}

/** Who said in an earlier file what the columns are, and when. */
export function ChosenBefore({ header: { chosen } }: { header: FileHeader }) {
  const format = useFormat();
  const { me } = useScope();
  if (!chosen) return null;
  const date = format.businessDay(new Date(chosen.at));
  const name = chosen.by;
  return chosen.uid === me.uid ? (
    <Trans>As you chose on {date}.</Trans>
  ) : (
    <Trans>
      As {name} chose on {date}.
    </Trans>
  );
}

interface HeaderRowProps {
  header: FileHeader;
  onRow: (id: string) => void;
}

/** Which row has the names of the columns, where several may. */
function HeaderRow({ header, onRow }: HeaderRowProps) {
  const { t } = useLingui();
  if (!header.rows.length) return null;
  const own = {
    id: header.id,
    row: header.row,
    names: header.columns
      .map((column) => column.name)
      .filter(Boolean)
      .slice(0, 4),
  };
  const options = [own, ...header.rows]
    .sort((a, b) => (a.row ?? 0) - (b.row ?? 0))
    .map(({ id, row, names }) => {
      const listed = names.join(", ");
      return { value: id, label: row === null ? t`In no row` : t`Row ${row}: ${listed}` };
    });
  return (
    <Select
      label={t`Where the columns are named`}
      value={header.id}
      onChange={onRow}
      options={options}
    />
  );
}

interface ColumnProps {
  column: Column;
  meaning: Meaning;
  onMeaning: (meaning: Meaning) => void;
}

function ColumnChoice({ column, meaning, onMeaning }: ColumnProps) {
  const { t } = useLingui();
  const meaningText = useMeaningText();
  const { letter, samples } = column;
  const name = column.name || t`Column ${letter}`;
  const options = MEANINGS.filter((value) => value !== "size_quantity" || column.name).map(
    (value) => ({ value, label: meaningText(value, name) }),
  );
  return (
    <li>
      <Select
        label={name}
        value={meaning}
        onChange={(value) => onMeaning(value as Meaning)}
        options={options}
      />
      <span className={styles.samples}>{samples.join(" · ")}</span>
    </li>
  );
}
