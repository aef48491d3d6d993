import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Problem } from "@/api/problem";
import {
  type Encoding,
  type Upload,
  type UploadResult,
  useUploadFile,
} from "@/features/carts/api/upload-file";
import { UploadChoice } from "@/features/carts/components/upload-choice";
import { UploadLetters } from "@/features/carts/components/upload-letters";
import { UploadRows } from "@/features/carts/components/upload-rows";
import { NotSaved } from "@/features/carts/upload-when-saved";
import type { OpenCart } from "@/shared/cart/use-cart";
import { Dialog } from "@/ui/dialog";
import { Failure, Notice } from "@/ui/notice";

interface Props {
  open: OpenCart;
  onClose: () => void;
}

/** A file is chosen, then every row of it is answered. */
export function UploadDialog({ open, onClose }: Props) {
  const { t } = useLingui();
  const [result, setResult] = useState<UploadResult | null>(null);
  const uploading = useUploadFile(open);
  const upload = (chosen: Upload) => uploading.mutate(chosen, { onSuccess: setResult });
  const again = () => {
    setResult(null);
    uploading.reset();
  };
  return (
    <Dialog title={t`Upload a file`} isOpen onClose={onClose}>
      {result ? (
        <UploadRows result={result} onAgain={again} onClose={onClose} />
      ) : (
        <UploadChoice
          isBusy={uploading.isPending}
          onUpload={upload}
          onChange={uploading.reset}
          onClose={onClose}
        >
          {uploading.error && (
            <UploadFailure
              error={uploading.error}
              onEncoding={(encoding) =>
                upload({ ...uploading.variables, encoding, key: crypto.randomUUID() })
              }
            />
          )}
        </UploadChoice>
      )}
    </Dialog>
  );
}

interface FailureProps {
  error: Error;
  onEncoding: (encoding: Encoding) => void;
}

function UploadFailure({ error, onEncoding }: FailureProps) {
  if (error instanceof Problem && error.code === "letters_unclear") {
    return <UploadLetters problem={error} onChoose={onEncoding} />;
  }
  if (!(error instanceof NotSaved)) return <Failure error={error} />;
  return (
    <Notice kind="error">
      <Trans>
        What you entered in the cart is not saved yet. Look at it first, then upload the file.
      </Trans>
    </Notice>
  );
}
