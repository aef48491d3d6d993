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

/** "10123-010-42" is of "10123-010"; names alone may be those of two styles. */
const colourwayOf = ({ sku }: Article) => sku.split("-", 2).join("-");

const nameOf = ({ style_name: style, colour_name: colour }: Article) => `${style}, ${colour}`;

/** The articles that a code may mean: only a person can say which. Of one colourway, its sizes. */
export function Choices<T extends Article>({ choices, onChoose }: Props<T>) {
  const first = choices[0];
  const isColourway = new Set(choices.map(colourwayOf)).size === 1 && choices.length > 1;
  return (
    <span className={styles.choices}>
      {first && isColourway && <span className={styles.colourway}>{nameOf(first)}</span>}
      {choices.map((article) => {
        const full = `${article.sku} · ${nameOf(article)}, ${article.size_name}`;
        return (
          <Button key={article.sku} aria-label={full} onPress={() => onChoose(article)}>
            {isColourway ? article.size_name : full}
          </Button>
        );
      })}
    </span>
  );
}
