import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { UploadResult, UploadRow } from "@/features/carts/api/upload-file";
import { Choices } from "@/features/carts/components/choices";
import { saveSheet } from "@/features/carts/api/upload-template";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { useFormat } from "@/i18n/format";
import { windowsQuery } from "@/shared/cart/look-up";
import { useScope, useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** Rows shown at a time; a file may have thousands. */
const AT_A_TIME = 50;

/** What needs the person first. */
const OUTCOMES: UploadRow["outcome"][] = ["refused", "changed", "taken"];

interface Props {
  result: UploadResult;
  /** How many rows are what, and what they come to. */
  counts: [of: UploadRow["outcome"] | "sum", text: ReactNode][];
  /** How columns were read. */
  columns?: ReactNode;
  /** Whether to get the refused rows is what to do next. */
  isFileFirst: boolean;
  /** Which article a row means that may be several; without it nobody is asked. */
  onArticle?: (answer: string) => void;
  /** What can be done then. */
  children: ReactNode;
}

/** Every row of a file with what becomes of it, below counts and what is told of the file. */
export function UploadRows(props: Props) {
  const { result, counts, columns, isFileFirst, onArticle, children } = props;
  const { refused_rows: file, notes } = result;
  const head = useRef<HTMLParagraphElement>(null);
  // The form that had the focus is gone.
  useEffect(() => head.current?.focus(), []);
  return (
    <div className={styles.result}>
      <p ref={head} tabIndex={-1} role="status" className={styles.counts}>
        {counts.map(([of, text]) => (
          <span key={of} className={styles[of]}>
            {text}
          </span>
        ))}
      </p>
      {notes.map((note, index) => (
        <Notice kind="warning" key={index}>
          {note.detail}
        </Notice>
      ))}
      {columns}
      {file && (
        <div className={styles.again}>
          <p>
            <Trans>
              Refused rows change nothing. Download them with the reasons, correct them and upload
              that file.
            </Trans>
          </p>
          <Button look={isFileFirst ? "main" : "plain"} onPress={() => saveSheet(file)}>
            <Trans>Download refused rows</Trans>
          </Button>
        </div>
      )}
      <RowTable rows={result.rows} onArticle={onArticle} />
      {children}
    </div>
  );
}

interface TableProps {
  rows: UploadRow[];
  onArticle: Props["onArticle"];
}

function RowTable({ rows, onArticle }: TableProps) {
  const { t } = useLingui();
  const [count, setCount] = useState(AT_A_TIME);
  const all = OUTCOMES.flatMap((outcome) => rows.filter((row) => row.outcome === outcome));
  const hasSheets = new Set(rows.map((row) => row.sheet)).size > 1;
  const left = all.length - count;
  const more = Math.min(left, AT_A_TIME);
  return (
    <>
      <div className={styles.scroll} role="region" aria-label={t`Rows of the file`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Row</Trans>
              </th>
              <th scope="col">
                <Trans>Article</Trans>
              </th>
              <th scope="col" className={styles.pieces}>
                <Trans>Pieces</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.slice(0, count).map((row, index) => (
              <Row key={index} row={row} hasSheets={hasSheets} onArticle={onArticle} />
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 && (
        <Button look="quiet" onPress={() => setCount(count + AT_A_TIME)}>
          <Plural value={more} one="Show # more" other="Show # more" />
        </Button>
      )}
    </>
  );
}

interface RowProps {
  row: UploadRow;
  hasSheets: boolean;
  onArticle: Props["onArticle"];
}

function Row({ row, hasSheets, onArticle }: RowProps) {
  const format = useFormat();
  const { question } = row;
  return (
    <tr>
      <th scope="row">{format.number(row.row)}</th>
      <td>
        <code>{row.sku ?? row.article}</code>{" "}
        {row.outcome !== "taken" && (
          <strong className={styles[row.outcome]}>
            {row.outcome === "refused" ? <Trans>Refused</Trans> : <Trans>Changed</Trans>}
          </strong>
        )}
        <Places row={row} hasSheets={hasSheets} />
        <ul>
          {row.notes.map((note, index) => (
            <li key={index}>{note.detail}</li>
          ))}
        </ul>
        {question && onArticle && (
          <Choices
            choices={question.choices}
            onChoose={({ sku }) => onArticle(`${question.about}:${sku}`)}
          />
        )}
      </td>
      <td className={styles.pieces}>{row.quantity !== null && format.number(row.quantity)}</td>
    </tr>
  );
}

/** From which sheet, where there are several, to which door in which delivery window. */
function Places({ row, hasSheets }: { row: UploadRow; hasSheets: boolean }) {
  const windowName = useWindowName();
  const { doors } = useScope();
  const { data: windows = [] } = useQuery(windowsQuery(useScopeKey()));
  const window = windows.find((each) => each.id === row.window);
  const places = [
    hasSheets && row.sheet,
    doors.find((each) => each.id === row.door)?.name ?? row.door,
    window ? windowName(window) : row.window,
  ].filter(Boolean);
  return places.length > 0 && <div className={styles.delivery}>{places.join(" · ")}</div>;
}
