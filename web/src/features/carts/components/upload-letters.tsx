import { useLingui } from "@lingui/react/macro";
import type { Problem } from "@/api/problem";
import type { Encoding } from "@/features/carts/api/upload-file";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

interface Reading {
  encoding: Encoding;
  name: string;
  samples: string[];
}

interface Props {
  problem: Problem;
  onChoose: (encoding: Encoding) => void;
}

/** A CSV file does not say how its letters are to be read: words of it as each way reads them. */
export function UploadLetters({ problem, onChoose }: Props) {
  const { t } = useLingui();
  const readings = problem.extra.encodings as Reading[];
  return (
    <Notice kind="error">
      <p>{problem.message}</p>
      <ul className={styles.letters} aria-label={t`How to read the letters`}>
        {readings.map(({ encoding, name, samples }) => (
          <li key={encoding}>
            <Button onPress={() => onChoose(encoding)}>{samples.join(", ")}</Button> {name}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
