import { Plural, Trans } from "@lingui/react/macro";
import type { UploadResult } from "@/features/carts/api/upload-file";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { UploadRows } from "@/features/carts/components/upload-rows";
import { Button } from "@/ui/button";
import { Actions } from "@/ui/dialog";

interface Props {
  result: UploadResult;
  onAgain: () => void;
  onClose: () => void;
}

/** What became of the rows. */
export function UploadTaken({ result, onAgain, onClose }: Props) {
  const { taken, changed, refused, refused_rows: file } = result;
  const head = (
    <>
      <span className={styles.taken}>
        <Plural value={taken} one="# row taken" other="# rows taken" />
      </span>
      <span className={styles.changed}>
        <Plural value={changed} one="# row changed" other="# rows changed" />
      </span>
      <span className={styles.refused}>
        <Plural value={refused} one="# row refused" other="# rows refused" />
      </span>
    </>
  );
  return (
    <UploadRows result={result} head={head} isFileFirst>
      <Actions>
        <Button onPress={onAgain}>
          <Trans>Upload another file</Trans>
        </Button>
        <Button look={file ? "plain" : "main"} onPress={onClose}>
          <Trans>Back to the cart</Trans>
        </Button>
      </Actions>
    </UploadRows>
  );
}
