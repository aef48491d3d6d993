import type { Assortment, Draft, Item, Version, Window } from "@/features/desk/assortments/api";

export const EMPTY: Draft = { name: "", rules: [], included: [], excluded: [], windows: [] };

/** What an assortment, or a version of it, says, to be changed. */
export const draftOf = ({
  name,
  rules,
  included,
  excluded,
  windows,
}: Assortment | Version): Draft => ({
  name,
  rules,
  included,
  excluded,
  windows,
});

/** A colourway a line: style and colour, or a style alone. */
export const linesOf = (items: readonly Item[]): string =>
  items.map(({ style, colour }) => (colour ? `${style} ${colour}` : style)).join("\n");

/** The colourways of such lines, as they are pasted from a list or a spreadsheet. */
export const itemsOf = (lines: string): Item[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [style = "", colour = ""] = line.split(/[\s;,/]+/);
      return { style, colour };
    });

/** A window that nobody has said anything of yet. */
export const newWindow = (season: string): Window => ({
  id: "",
  kind: "pre_book",
  season,
  ship_from: "",
  ship_to: "",
  opens: "",
  cut_off: "",
});

/** Keys of assortments, in the form that an input's `pattern` takes. */
export const ASSORTMENT_KEY = /\s*[A-Za-z0-9][A-Za-z0-9_\-]{0,9}\s*/.source;
/** Keys of delivery windows. */
export const WINDOW_KEY = /[A-Za-z0-9][A-Za-z0-9_\-]*/.source;
