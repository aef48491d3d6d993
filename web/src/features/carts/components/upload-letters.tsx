import { Trans, useLingui } from "@lingui/react/macro";
import type { Problem } from "@/api/problem";
import type { Encoding, Letters } from "@/features/carts/api/upload-file";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

interface Props {
  problem: Problem;
  onChoose: (encoding: Encoding) => void;
}

/** A CSV file does not say how its letters are to be read: words of it as each way reads them. */
export function UploadLetters({ problem, onChoose }: Props) {
  return (
    <Notice kind="error">
      <p>{problem.message}</p>
      <Ways ways={problem.extra.encodings as Letters[]} isBusy={false} onChoose={onChoose} />
    </Notice>
  );
}

interface ReadProps {
  /** How they were read, then how else they can be. */
  letters: Letters[];
  isBusy: boolean;
  onChoose: (encoding: Encoding) => void;
}

/** How the letters were read, to be looked at and to be said otherwise. */
export function LettersRead({ letters: [read, ...others], isBusy, onChoose }: ReadProps) {
  if (!read) return null;
  return (
    <details className={styles.columns}>
      <summary>
        <Trans>How the letters were read</Trans>
        <small>
          {read.samples.join(", ")} ({read.name})
        </small>
      </summary>
      <p>
        <Trans>If these words are wrong, choose those that are right.</Trans>
      </p>
      <Ways ways={others} isBusy={isBusy} onChoose={onChoose} />
    </details>
  );
}

interface WaysProps {
  ways: Letters[];
  isBusy: boolean;
  onChoose: (encoding: Encoding) => void;
}

function Ways({ ways, isBusy, onChoose }: WaysProps) {
  const { t } = useLingui();
  return (
    <ul className={styles.letters} aria-label={t`How to read the letters`}>
      {ways.map(({ encoding, name, samples }) => (
        <li key={encoding}>
          <Button isDisabled={isBusy} onPress={() => onChoose(encoding)}>
            {samples.join(", ")}
          </Button>{" "}
          {name}
        </li>
      ))}
    </ul>
  );
}
