import { useLingui } from "@lingui/react/macro";
import type { Meaning } from "@/features/carts/api/upload-file";

export const MEANINGS: Meaning[] = [
  "none",
  "article",
  "style",
  "colour",
  "size",
  "quantity",
  "size_quantity",
  "door",
  "window",
];

/** What a column of a file is, in words; `name` is what the file calls it. */
export function useMeaningText(): (meaning: Meaning, name: string) => string {
  const { t } = useLingui();
  return (meaning, name) =>
    ({
      none: t`Not read`,
      article: t`SKU or GTIN`,
      style: t`Style`,
      colour: t`Colour`,
      size: t`Size`,
      quantity: t`Quantity`,
      size_quantity: t`Quantity of size ${name}`,
      door: t`Door`,
      window: t`Delivery`,
    })[meaning];
}
