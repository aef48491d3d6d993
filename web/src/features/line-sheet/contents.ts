import type { Style, Window } from "@/features/line-sheet/api/get-line-sheet";
import type { LineSheetSearch } from "@/features/line-sheet/search";

/** The open delivery windows that the styles are offered in, in the order that they ship. */
export function windowsOf(styles: Style[]): Window[] {
  const windows = new Map(
    styles.flatMap((style) =>
      style.colourways.flatMap((colourway) =>
        colourway.windows.filter((each) => each.open).map((each) => [each.id, each] as const),
      ),
    ),
  );
  return [...windows.values()].sort(
    (one, other) =>
      one.kind.localeCompare(other.kind) || one.ship_from.localeCompare(other.ship_from),
  );
}

/** The styles as the sheet has them: in its order, only what its delivery window offers. */
export function contentsOf(
  styles: Style[],
  { window, order }: LineSheetSearch,
  language: string,
): Style[] {
  const offered = styles.flatMap((style) => {
    const colourways = style.colourways.filter(
      (colourway) => !window || colourway.windows.some((each) => each.id === window),
    );
    return colourways.length ? [{ ...style, colourways }] : [];
  });
  const { compare } = new Intl.Collator(language, { numeric: true });
  const keys = {
    number: (style: Style) => [style.style],
    name: (style: Style) => [style.name, style.style],
    category: (style: Style) => [style.category_name, style.name, style.style],
  };
  const key = order && keys[order];
  if (!key) return offered;
  return offered.sort((one, other) => {
    const others = key(other);
    return key(one).reduce((less, part, index) => less || compare(part, others[index]!), 0);
  });
}

/** Size labels of all colourways in wearing order, each once. */
export function sizesOf(style: Style): string[] {
  return [
    ...new Set(
      style.colourways.flatMap((colourway) => colourway.sizes.map((sku) => sku.size_name)),
    ),
  ];
}
