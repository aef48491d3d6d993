import styles from "@/features/carts/components/quick-order.module.css";
import { colourwayOf } from "@/shared/sku";
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

const nameOf = ({ style_name: style, colour_name: colour }: Article) => `${style}, ${colour}`;

/** The articles that a code may mean: only a person can say which. Of one colourway, its sizes. */
export function Choices<T extends Article>({ choices, onChoose }: Props<T>) {
  const first = choices[0];
  // By number: names alone may be those of two styles.
  const colourways = new Set(choices.map(({ sku }) => colourwayOf(sku)));
  const isColourway = colourways.size === 1 && choices.length > 1;
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
