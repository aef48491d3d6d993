import { Trans } from "@lingui/react/macro";
import { type DragEvent, type SubmitEvent, type ReactNode, useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import type { Upload } from "@/features/carts/api/upload-file";
import { useTemplate } from "@/features/carts/api/upload-template";
import { UploadDelivery } from "@/features/carts/components/upload-delivery";
import { Progress } from "@/features/carts/components/upload-progress";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { ACCEPTED, MOST_BYTES } from "@/shared/upload-kind";
import { useFormat } from "@/i18n/format";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Actions } from "@/ui/dialog";
import { Failure, Notice } from "@/ui/notice";

interface Props {
  isBusy: boolean;
  onChoose: (chosen: Upload) => void;
  /** Another file or delivery was chosen: the problem of the last try is no longer shown. */
  onChange: () => void;
  onClose: () => void;
  /** What went wrong. */
  children: ReactNode;
}

/** Which file, and where to rows go that don't say it. */
export function UploadChoice({ isBusy, onChoose, onChange, onClose, children }: Props) {
  const { doors } = useScope();
  const allowed = doors.filter((each) => !each.blocked);
  const [file, setFile] = useState<File | null>(null);
  const [door, setDoor] = useState(allowed.length === 1 ? allowed[0]!.id : "");
  const [window, setWindow] = useState("");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const changing =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setKey(crypto.randomUUID());
      onChange();
    };
  const isTooLarge = file !== null && file.size > MOST_BYTES;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (file && !isTooLarge) onChoose({ file, door, window, key });
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <p>
        <Trans>
          Take quantities from an XLSX or CSV file with up to 5,000 rows. A quantity in the file
          replaces the one in the cart; what the file does not name stays.
        </Trans>{" "}
        <Trans>You see what becomes of every row before anything is put into the cart.</Trans>
      </p>
      <Templates />
      <FileChoice file={file} onFile={changing(setFile)} />
      {isTooLarge && <TooLarge />}
      <UploadDelivery
        door={door}
        window={window}
        onDoor={changing(setDoor)}
        onWindow={changing(setWindow)}
      />
      {children}
      <div role="status">
        {isBusy && (
          <Progress>
            <Trans>Every row is being looked at…</Trans>
          </Progress>
        )}
      </div>
      <Actions>
        <Button onPress={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="main" isDisabled={!file || isTooLarge || isBusy}>
          <Trans>Preview</Trans>
        </Button>
      </Actions>
    </form>
  );
}

function Templates() {
  const template = useTemplate();
  return (
    <div className={styles.templates}>
      <Button look="quiet" onPress={() => template.mutate("xlsx")}>
        <Trans>Template as XLSX</Trans>
      </Button>
      <Button look="quiet" onPress={() => template.mutate("csv")}>
        <Trans>Template as CSV</Trans>
      </Button>
      {template.error && <Failure error={template.error} />}
    </div>
  );
}

/** By the browser's own window, or dropped by who uses a mouse. */
function FileChoice({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  };
  return (
    <div
      className={`${styles.drop} ${isOver ? styles.over : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileTrigger
        acceptedFileTypes={ACCEPTED}
        onSelect={(files) => files?.[0] && onFile(files[0])}
      >
        <Button>
          <Trans>Choose a file</Trans>
        </Button>
      </FileTrigger>
      <span className={styles.name} role="status">
        {file ? file.name : <Trans>or drop it here</Trans>}
      </span>
    </div>
  );
}

function TooLarge() {
  const format = useFormat();
  const most = format.number(MOST_BYTES / 2 ** 20);
  return (
    <Notice kind="error">
      <Trans>
        This file is larger than {most} MB. Copy the rows into a new file and upload that.
      </Trans>
    </Notice>
  );
}
