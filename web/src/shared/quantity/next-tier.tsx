import { Plural } from "@lingui/react/macro";
import type { Unit } from "@/shared/quantity/counted";

interface Props {
  /** Pieces or pairs until it is reached. */
  missing: number;
  unit: Unit;
  /** What each costs then, as text. */
  price: string;
}

/** How many more make all of a style cheaper. */
export function NextTier({ missing, unit, price: better }: Props) {
  return unit === "PR" ? (
    <Plural
      value={missing}
      one={`# more pair for ${better} each`}
      other={`# more pairs for ${better} each`}
    />
  ) : (
    <Plural
      value={missing}
      one={`# more piece for ${better} each`}
      other={`# more pieces for ${better} each`}
    />
  );
}
