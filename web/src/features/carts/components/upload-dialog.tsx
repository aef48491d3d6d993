import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Problem } from "@/api/problem";
import {
  type Encoding,
  headersOf,
  isChangedMeanwhile,
  type Previewed,
  type Upload,
  usePreviewFile,
  useTakeFile,
} from "@/features/carts/api/upload-file";
import { UploadChoice } from "@/features/carts/components/upload-choice";
import { UploadLetters } from "@/features/carts/components/upload-letters";
import { UploadPreview } from "@/features/carts/components/upload-preview";
import { type Unread, UploadUnread } from "@/features/carts/components/upload-unread";
import { UploadTaken } from "@/features/carts/components/upload-taken";
import { NotSaved } from "@/features/carts/upload-when-saved";
import type { OpenCart } from "@/shared/cart/use-cart";
import { Dialog } from "@/ui/dialog";
import { Failure, Notice } from "@/ui/notice";

interface Props {
  open: OpenCart;
  onClose: () => void;
}

/** A file is chosen, then every row of it is shown as it would be taken, then it is taken. */
export function UploadDialog({ open, onClose }: Props) {
  const { t } = useLingui();
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const [unread, setUnread] = useState<Unread | null>(null);
  const previewing = usePreviewFile(open);
  const taking = useTakeFile();
  const preview = (upload: Upload) =>
    previewing.mutate(upload, {
      onSuccess: (result) => {
        setPreviewed({ upload, result });
        setUnread(null);
      },
      onError: (error) => headersOf(error).length && setUnread({ upload, error }),
    });
  /** With another answer of the person it is another upload. */
  const answer = (upload: Upload, answers: Partial<Upload>) =>
    preview({ ...upload, ...answers, key: crypto.randomUUID() });
  const take = (shown: Previewed) =>
    taking.mutate(shown, {
      onError: (error) => isChangedMeanwhile(error) && preview(shown.upload),
    });
  const again = () => {
    setPreviewed(null);
    setUnread(null);
    previewing.reset();
    taking.reset();
  };
  const failure = previewing.error && (
    <UploadFailure
      error={previewing.error}
      onEncoding={(encoding) => answer(previewing.variables, { encoding })}
    />
  );
  return (
    <Dialog title={t`Upload a file`} isOpen onClose={onClose}>
      {taking.data ? (
        <UploadTaken result={taking.data} onAgain={again} onClose={onClose} />
      ) : unread ? (
        <UploadUnread
          unread={unread}
          isBusy={previewing.isPending}
          onApply={(answers) => answer(unread.upload, answers)}
          onAgain={again}
        >
          {previewing.error && previewing.error !== unread.error ? (
            <Failure error={previewing.error} />
          ) : (
            <Notice kind="warning">{unread.error.message}</Notice>
          )}
        </UploadUnread>
      ) : previewed ? (
        <UploadPreview
          result={previewed.result}
          isTaking={taking.isPending}
          isStale={previewing.isPending}
          onTake={() => take(previewed)}
          onColumns={(columns) => answer(previewed.upload, { columns })}
          onEncoding={(encoding) => answer(previewed.upload, { encoding })}
          onArticle={(article) =>
            answer(previewed.upload, {
              articles: [...(previewed.upload.articles ?? []), article],
            })
          }
          onAgain={again}
        >
          {failure ?? (taking.error && <TakingFailure error={taking.error} />)}
        </UploadPreview>
      ) : (
        <UploadChoice
          isBusy={previewing.isPending}
          onChoose={preview}
          onChange={previewing.reset}
          onClose={onClose}
        >
          {failure}
        </UploadChoice>
      )}
    </Dialog>
  );
}

function TakingFailure({ error }: { error: Error }) {
  if (!isChangedMeanwhile(error)) return <Failure error={error} />;
  return (
    <Notice kind="warning">
      <Trans>
        The cart was changed meanwhile, so nothing was put into it. This is what the file does now.
      </Trans>
    </Notice>
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
