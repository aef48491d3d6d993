import styles from "@/features/carts/components/quick-order.module.css";
import { Button } from "@/ui/button";

interface Article {
  sku: string;
  style_name: string;
  colour_name: string;
  size_name: string;
}

interface Props<T extends Article> {
  choices: T[];
  onChoose: (article: T) => void;
}

/** The articles that a code may mean: only a person can say which. */
export function Choices<T extends Article>({ choices, onChoose }: Props<T>) {
  return (
    <span className={styles.choices}>
      {choices.map((article) => (
        <Button key={article.sku} onPress={() => onChoose(article)}>
          {article.sku} · {article.style_name}, {article.colour_name}, {article.size_name}
        </Button>
      ))}
    </span>
  );
}
