/**
 * Divides quantities by `weights` (whole numbers; none above 0 weighs all the same), one after
 * the other.
 *
 * Each answer adds up to its quantity. Of whole packs of `multiple` pieces no part breaks one;
 * what is no whole pack goes to one part. What rounding gives to one part now, it gives to
 * another with the next quantity, so that over many the parts come out as weighed.
 */
export function divider(weights: readonly number[]) {
  const shares = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
  const all = shares.reduce((sum, weight) => sum + weight, 0);
  // In pieces times `all`, so that everything is a whole number.
  const due = shares.map(() => 0);

  return (quantity: number, multiple = 1): number[] => {
    const packs = Math.floor(quantity / multiple);
    const parts = shares.map((weight) => Math.floor((packs * weight) / all) * multiple);
    const given = parts.reduce((sum, part) => sum + part, 0);
    shares.forEach((weight, index) => {
      due[index]! += quantity * weight - parts[index]! * all;
    });
    for (let left = quantity - given; left > 0;) {
      const part = mostDue(shares, due);
      const pieces = Math.min(left, multiple);
      parts[part]! += pieces;
      due[part]! -= pieces * all;
      left -= pieces;
    }
    return parts;
  };
}

/** One quantity divided by `weights`, as `divider` does. */
export const divide = (quantity: number, weights: readonly number[], multiple = 1): number[] =>
  weights.length ? divider(weights)(quantity, multiple) : [];

function mostDue(shares: readonly number[], due: readonly number[]): number {
  let best = -1;
  shares.forEach((weight, index) => {
    if (weight > 0 && (best < 0 || due[index]! > due[best]!)) best = index;
  });
  return best;
}
