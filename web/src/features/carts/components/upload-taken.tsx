import { Plural, Trans } from "@lingui/react/macro";
import type { UploadResult } from "@/features/carts/api/upload-file";
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
  return (
    <UploadRows
      result={result}
      isFileFirst
      counts={[
        ["taken", <Plural value={taken} one="# row taken" other="# rows taken" />],
        ["changed", <Plural value={changed} one="# row changed" other="# rows changed" />],
        ["refused", <Plural value={refused} one="# row refused" other="# rows refused" />],
      ]}
    >
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
