interface Price {
  unit: { amount: number; currency: string; per: number };
}

interface Sizes<P> {
  colourways: { name: string; sizes: { size: string; size_name: string; price: P | null }[] }[];
}

/** Prices of SKUs that are others than their style's, each with the sizes that it is of. */
export function ownPrices<P extends Price>({ colourways }: Sizes<P>) {
  const found = new Map<string, { sizes: string[]; price: P }>();
  for (const { name, sizes } of colourways) {
    for (const { size, size_name, price } of sizes) {
      if (!price) continue;
      // A size is named with its colour where it costs something else in another.
      const inAll = colourways.every((other) =>
        other.sizes.every((each) => each.size !== size || keyOf(each.price) === keyOf(price)),
      );
      const label = inAll ? size_name : `${name} ${size_name}`;
      const known = found.get(keyOf(price));
      if (!known) found.set(keyOf(price), { sizes: [label], price });
      else if (!known.sizes.includes(label)) known.sizes.push(label);
    }
  }
  return [...found.values()];
}

const keyOf = (price: Price | null) => (price ? `${price.unit.amount} ${price.unit.per}` : "");
