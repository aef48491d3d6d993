import styles from "@/features/carts/components/quick-order.module.css";
import type { FoundLine } from "@/shared/cart/look-up";
import { Button } from "@/ui/button";

interface Props {
  choices: FoundLine[];
  onChoose: (line: FoundLine) => void;
}

/** The articles of one GTIN: only a person can say which is meant. */
export function Choices({ choices, onChoose }: Props) {
  return (
    <span className={styles.choices}>
      {choices.map((line) => (
        <Button key={line.sku} onPress={() => onChoose(line)}>
          {line.sku} · {line.style_name}, {line.colour_name}, {line.size_name}
        </Button>
      ))}
    </span>
  );
}
