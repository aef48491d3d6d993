/** What a SKU is made of: "10123-010-42.5" is style, colour and size; a style may have hyphens. */
export function partsOf(sku: string): { style: string; colour: string; size: string } {
  const parts = sku.split("-");
  const size = parts.pop() ?? "";
  const colour = parts.pop() ?? "";
  return { style: parts.join("-"), colour, size };
}

/** "10123-010-42.5" is of "10123-010". */
export const colourwayOf = (sku: string) => sku.slice(0, sku.lastIndexOf("-"));
