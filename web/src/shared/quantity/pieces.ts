/**
 * Quantities as people write them, by the rules of the services (shared/text/pieces.py);
 * tests/vectors/quantities.json holds both to them. None is guessed.
 */

/** The most pieces that a line of a cart takes. */
export const MOST = 100_000;

export type QuantityFault = "not_whole" | "negative" | "ambiguous_quantity" | "too_large";

const UNSEEN = /\p{Cf}/gu;
const DASHES = /[\p{Pd}\u2212]/gu;
const BLANKS = /\p{Zs}/gu;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const WHOLE = /^([0-9]+)(?:[.,]0{1,2})?$/;
const GROUPED = /^[0-9]{1,3}(?:([ '\u2019])[0-9]{3})(?:\1[0-9]{3})*(?:[.,]0{1,2})?$/;
const BOTH_MARKS = /^[0-9]{1,3}(?:(?:\.[0-9]{3})+,|(?:,[0-9]{3})+\.)0{1,2}$/;
const TWO_WAYS = /^[0-9]{1,3}(?:[.,][0-9]{3})+$/;
const NEGATIVE = /^-\s*[0-9][0-9.,' ]*$/;

/** Pieces, or why the text is no quantity: "12", " 12 ", "12,00", "1 200" are. */
export function readPieces(text: string): number | QuantityFault {
  const meant = plain(text);
  const whole = WHOLE.exec(meant);
  if (whole) return within(whole[1]!);
  if (GROUPED.test(meant) || BOTH_MARKS.test(meant)) {
    return within(meant.replace(/[.,]0{1,2}$/, "").replace(/[^0-9]/g, ""));
  }
  if (TWO_WAYS.test(meant)) return "ambiguous_quantity";
  return NEGATIVE.test(meant) ? "negative" : "not_whole";
}

function plain(text: string): string {
  return text
    .replace(UNSEEN, "")
    .replace(DASHES, "-")
    .replace(BLANKS, " ")
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .trim();
}

function within(digits: string): number | QuantityFault {
  const quantity = Number(digits);
  return quantity <= MOST ? quantity : "too_large";
}
