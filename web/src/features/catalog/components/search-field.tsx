import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { CatalogSearch } from "@/features/catalog/search";
import { TextField } from "@/ui/field";

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
      asked.current = search.q ?? "";
      setText(asked.current);
    }
  }, [search.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      asked.current = typed.trim();
      const { q: _, sort, ...rest } = search;
      const kept = sort && sort !== "relevance" ? { ...rest, sort } : rest;
      onChange(asked.current ? { ...kept, q: asked.current } : kept);
    }, DEBOUNCE);
  };
  return (
    <TextField
      label={t`Search`}
      type="search"
      maxLength={100}
      placeholder={t`Words, style number, SKU or GTIN`}
      value={text}
      onChange={(event) => ask(event.target.value)}
    />
  );
}
