import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { UploadResult } from "@/features/carts/api/upload-file";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { Progress } from "@/features/carts/components/upload-progress";
import { UploadRows } from "@/features/carts/components/upload-rows";
import { Button } from "@/ui/button";
import { Actions } from "@/ui/dialog";

interface Props {
  result: UploadResult;
  isTaking: boolean;
  /** Whether it is being made anew. */
  isStale: boolean;
  onTake: () => void;
  onAgain: () => void;
  /** What went wrong. */
  children: ReactNode;
}

/** What would become of the rows, before anything is written. */
export function UploadPreview({ result, isTaking, isStale, onTake, onAgain, children }: Props) {
  const { taken, changed, refused, lines, pieces } = result;
  const isTakable = taken + changed > 0;
  const head = (
    <>
      <span className={styles.refused}>
        <Plural value={refused} one="# row is refused" other="# rows are refused" />
      </span>
      <span className={styles.changed}>
        <Plural value={changed} one="# row with a change" other="# rows with changes" />
      </span>
      <span className={styles.taken}>
        <Plural value={taken} one="# row as in the file" other="# rows as in the file" />
      </span>
      <span className={styles.sum}>
        <Plural value={lines} one="# line" other="# lines" />
        {" · "}
        <Plural value={pieces} one="# piece" other="# pieces" />
      </span>
    </>
  );
  return (
    <UploadRows result={result} head={head} isFileFirst={false}>
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
