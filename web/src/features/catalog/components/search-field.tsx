import { useLingui } from "@lingui/react/macro";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import styles from "@/features/catalog/components/search-field.module.css";
import { type CatalogSearch, withWords } from "@/features/catalog/search";
import { Icon } from "@/ui/icon";

const DEBOUNCE = 200;

interface Props {
  search: CatalogSearch;
  onChange: (search: CatalogSearch) => void;
}

/** Searches as one types; follows the address when that changes by other means. */
export function SearchField({ search, onChange }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState(search.q ?? "");
  const asked = useRef(search.q ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if ((search.q ?? "") !== asked.current) {
      clearTimeout(timer.current);
      asked.current = search.q ?? "";
      setText(asked.current);
    }
  }, [search.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // What is asked in the end starts from the search of then: a filter may be set meanwhile.
  const ask = useRef<(words: string) => void>(undefined);
  useEffect(() => {
    ask.current = (words) => {
      clearTimeout(timer.current);
      if (words.trim() === asked.current) return;
      asked.current = words.trim();
      onChange(withWords(search, words));
    };
  });
  const type = (words: string) => {
    setText(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask.current?.(words), DEBOUNCE);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    ask.current?.(text);
  };
  return (
    <form role="search" onSubmit={submit} className={styles.search}>
      <Icon name="search" />
      <input
        aria-label={t`Search`}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        placeholder={t`Words, style number, SKU or GTIN`}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </form>
  );
}
