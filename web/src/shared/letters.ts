/**
 * The first letters of a text, `most` of them as services count: code points. A cut by UTF-16 may
 * leave half of an emoji, which no service takes and no address can hold.
 */
export const firstLetters = (text: string, most: number): string =>
  Array.from(text).slice(0, most).join("");

/** The last letters of a text, counted as by `firstLetters`. */
export const lastLetters = (text: string, most: number): string =>
  Array.from(text).slice(-most).join("");
