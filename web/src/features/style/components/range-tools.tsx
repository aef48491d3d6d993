import { Plural, Trans, useLingui } from "@lingui/react/macro";
import styles from "@/features/style/components/size-grid.module.css";
import { Counted, type Unit } from "@/shared/quantity/counted";
import { Button } from "@/ui/button";

interface Props {
  cells: number;
  pieces: number;
  unit: Unit;
  onFill: (way: "down" | "right") => void;
  onClear: () => void;
  /** Absent where there is nowhere to move pieces to. */
  onTransfer: (() => void) | undefined;
}

/** What can be done with several cells at once; each has its keys, too. */
export function RangeTools({ cells, pieces, unit, onFill, onClear, onTransfer }: Props) {
  const { t } = useLingui();
  return (
    <div className={styles.tools} role="group" aria-label={t`Chosen cells`}>
      <span role="status">
        <Plural value={cells} one="# cell" other="# cells" />,{" "}
        <Counted value={pieces} unit={unit} />
      </span>
      <Button look="quiet" aria-keyshortcuts="Control+D" onPress={() => onFill("down")}>
        <Trans>Fill down</Trans>
      </Button>
      <Button look="quiet" aria-keyshortcuts="Control+R" onPress={() => onFill("right")}>
        <Trans>Fill right</Trans>
      </Button>
      <Button look="quiet" aria-keyshortcuts="Delete" onPress={onClear}>
        <Trans>Empty</Trans>
      </Button>
      {onTransfer && (
        <Button look="quiet" isDisabled={!pieces} onPress={onTransfer}>
          <Trans>Move, copy or split</Trans>
        </Button>
      )}
    </div>
  );
}
