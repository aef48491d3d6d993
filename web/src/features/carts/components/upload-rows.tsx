import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { UploadResult, UploadRow } from "@/features/carts/api/upload-file";
import { saveSheet } from "@/features/carts/api/upload-template";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Actions } from "@/ui/dialog";
import { Notice } from "@/ui/notice";

/** Rows shown at a time; a file may have thousands. */
const AT_A_TIME = 50;

interface Props {
  result: UploadResult;
  onAgain: () => void;
  onClose: () => void;
}

/** What became of the rows: those that the person should look at, and counts of all. */
export function UploadRows({ result, onAgain, onClose }: Props) {
  const { taken, changed, refused, refused_rows: file, notes } = result;
  const head = useRef<HTMLParagraphElement>(null);
  // The form that had the focus is gone.
  useEffect(() => head.current?.focus(), []);
  return (
    <div className={styles.result}>
      <p ref={head} tabIndex={-1} role="status" className={styles.counts}>
        <span className={styles.taken}>
          <Plural value={taken} one="# row taken" other="# rows taken" />
        </span>
        <span className={styles.changed}>
          <Plural value={changed} one="# row changed" other="# rows changed" />
        </span>
        <span className={styles.refused}>
          <Plural value={refused} one="# row refused" other="# rows refused" />
        </span>
      </p>
      {notes.map((note) => (
        <Notice kind="warning" key={note.code}>
          {note.detail}
        </Notice>
      ))}
      {file && (
        <div className={styles.again}>
          <p>
            <Trans>
              Refused rows changed nothing. Download them with the reasons, correct them and upload
              that file.
            </Trans>
          </p>
          <Button look="main" onPress={() => saveSheet(file)}>
            <Trans>Download refused rows</Trans>
          </Button>
        </div>
      )}
      <RowsToReview rows={result.rows} />
      <Actions>
        <Button onPress={onAgain}>
          <Trans>Upload another file</Trans>
        </Button>
        <Button look={file ? "plain" : "main"} onPress={onClose}>
          <Trans>Back to the cart</Trans>
        </Button>
      </Actions>
    </div>
  );
}

/** Refused rows, then changed ones. */
function RowsToReview({ rows }: { rows: UploadRow[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const [count, setCount] = useState(AT_A_TIME);
  const of = (outcome: UploadRow["outcome"]) => rows.filter((row) => row.outcome === outcome);
  const all = [...of("refused"), ...of("changed")];
  if (!all.length) return null;
  const left = all.length - count;
  const more = Math.min(left, AT_A_TIME);
  return (
    <>
      <div className={styles.scroll} role="region" aria-label={t`Rows to look at`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Row</Trans>
              </th>
              <th scope="col">
                <Trans>Result</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.slice(0, count).map((row, index) => (
              <tr key={index}>
                <th scope="row">
                  {row.sheet} {format.number(row.row)}
                </th>
                <td>
                  <code>{row.sku ?? row.article}</code>{" "}
                  <strong className={styles[row.outcome]}>
                    {row.outcome === "refused" ? <Trans>Refused</Trans> : <Trans>Changed</Trans>}
                  </strong>
                  <ul>
                    {row.notes.map((note) => (
                      <li key={note.code}>{note.detail}</li>
                    ))}
                  </ul>
                </td>
              </tr>
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
