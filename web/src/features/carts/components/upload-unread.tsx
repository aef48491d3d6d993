import { Trans } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { headersOf, type Upload } from "@/features/carts/api/upload-file";
import { UploadColumns } from "@/features/carts/components/upload-columns";
import { UploadDelivery } from "@/features/carts/components/upload-delivery";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { Progress } from "@/features/carts/components/upload-progress";
import { Button } from "@/ui/button";
import { Actions } from "@/ui/dialog";

/** A file of which something is missing, and what the service says of it. */
export interface Unread {
  upload: Upload;
  error: Error;
}

interface Props {
  unread: Unread;
  isBusy: boolean;
  onApply: (answers: Pick<Upload, "columns" | "door" | "window">) => void;
  onAgain: () => void;
  /** What is missing. */
  children: ReactNode;
}

/** A file whose names of columns say too little: a person says once what they are. */
export function UploadUnread({ unread, isBusy, onApply, onAgain, children }: Props) {
  const { upload, error } = unread;
  const [door, setDoor] = useState(upload.door);
  const [window, setWindow] = useState(upload.window);
  return (
    <div className={styles.result}>
      {children}
      <p>
        <Trans>
          Say what each column is. Once the rows are in the cart, it is remembered for your
          company’s next files with these columns.
        </Trans>
      </p>
      <UploadColumns
        headers={headersOf(error)}
        isProposing
        isBusy={isBusy}
        onApply={(columns) => onApply({ columns, door, window })}
      >
        <UploadDelivery door={door} window={window} onDoor={setDoor} onWindow={setWindow} />
      </UploadColumns>
      <div role="status">
        {isBusy && (
          <Progress>
            <Trans>Every row is being looked at…</Trans>
          </Progress>
        )}
      </div>
      <Actions>
        <Button onPress={onAgain}>
          <Trans>Choose another file</Trans>
        </Button>
      </Actions>
    </div>
  );
}
