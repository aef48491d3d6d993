import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Encoding, UploadResult } from "@/features/carts/api/upload-file";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { LettersRead } from "@/features/carts/components/upload-letters";
import { Progress } from "@/features/carts/components/upload-progress";
import { ChosenBefore, UploadColumns } from "@/features/carts/components/upload-columns";
import { UploadRows } from "@/features/carts/components/upload-rows";
import { Button } from "@/ui/button";
import { Actions } from "@/ui/dialog";

interface Props {
  result: UploadResult;
  isTaking: boolean;
  /** Whether it is being made anew. */
  isStale: boolean;
  onTake: () => void;
  /** The columns are something else. */
  onColumns: (columns: string[]) => void;
  /** The letters are to be read in another way. */
  onEncoding: (encoding: Encoding) => void;
  /** A row that may be several articles means this one. */
  onArticle: (answer: string) => void;
  onAgain: () => void;
  /** What went wrong. */
  children: ReactNode;
}

/** What would become of the rows, before anything is written. */
export function UploadPreview(props: Props) {
  const { result, isTaking, isStale, onTake, onColumns, onAgain, children } = props;
  const { taken, changed, refused, lines, pieces, headers, letters } = result;
  const isTakable = taken + changed > 0;
  return (
    <UploadRows
      result={result}
      isFileFirst={false}
      onArticle={props.onArticle}
      columns={
        <>
          <LettersRead letters={letters} isBusy={isTaking || isStale} onChoose={props.onEncoding} />
          <details className={styles.columns}>
            <summary>
              <Trans>How the columns were read</Trans>
              {headers.length === 1 && (
                <small>
                  <ChosenBefore header={headers[0]!} />
                </small>
              )}
            </summary>
            <UploadColumns
              headers={headers}
              isProposing={false}
              isBusy={isTaking || isStale}
              onApply={onColumns}
            />
          </details>
        </>
      }
      counts={[
        ["refused", <Plural value={refused} one="# row is refused" other="# rows are refused" />],
        [
          "changed",
          <Plural value={changed} one="# row with a change" other="# rows with changes" />,
        ],
        [
          "taken",
          <Plural value={taken} one="# row as in the file" other="# rows as in the file" />,
        ],
        ["sum", <Sum lines={lines} pieces={pieces} />],
      ]}
    >
      {children}
      <div role="status">
        {isTaking ? (
          <Progress>
            <Trans>The rows are being put into the cart…</Trans>
          </Progress>
        ) : (
          <Trans>Nothing has been put into the cart yet.</Trans>
        )}
      </div>
      <Actions>
        <Button look={isTakable ? "plain" : "main"} onPress={onAgain}>
          <Trans>Choose another file</Trans>
        </Button>
        {isTakable && (
          <Button look="main" isDisabled={isTaking || isStale} onPress={onTake}>
            <Trans>Put into the cart</Trans>
          </Button>
        )}
      </Actions>
    </UploadRows>
  );
}

function Sum({ lines, pieces }: { lines: number; pieces: number }) {
  return (
    <>
      <Plural value={lines} one="# line" other="# lines" />
      {" · "}
      <Plural value={pieces} one="# piece" other="# pieces" />
    </>
  );
}
