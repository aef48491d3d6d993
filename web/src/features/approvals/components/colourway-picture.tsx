import type { Shown } from "@/features/approvals/api/pictures";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { Picture } from "@/ui/picture";

const SIZE = 72;

/** The picture of a colourway that waits; its place where the company sees it no longer. */
export function ColourwayPicture({ shown }: { shown: Shown | undefined }) {
  return (
    <Picture
      className={styles.picture}
      src={shown?.picture ?? ""}
      hex={shown?.hex ?? "cccccc"}
      alt=""
      size={SIZE}
      loading="lazy"
    />
  );
}
