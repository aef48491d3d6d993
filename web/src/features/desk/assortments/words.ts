import { useLingui } from "@lingui/react/macro";
import type { Assortment, Dimension, PastStyle } from "@/features/desk/assortments/api";
import { useFormat } from "@/i18n/format";

/** What rules name, in words. */
export function useDimensionText(): (dimension: Dimension) => string {
  const { t } = useLingui();
  return (dimension) =>
    ({
      brand: t`Brand`,
      division: t`Division`,
      category: t`Category`,
      gender: t`Gender`,
      season: t`Season`,
      tier: t`Tier`,
      exclusive: t`Exclusive styles`,
    })[dimension];
}

/** Who keeps an assortment up to date, in words. */
export function useKeeperText(): (keeper: Assortment["keeper"]) => string {
  const { t } = useLingui();
  return (keeper) => ({ sap: t`SAP's listings`, desk: t`this desk` })[keeper];
}

type Past = PastStyle["colourways"][number];

/** Why a colourway was in an assortment or not, in words. */
export function useGroundText(): (ground: Past["ground"], rule: Past["rule"]) => string {
  const { t } = useLingui();
  const format = useFormat();
  const dimensionText = useDimensionText();
  return (ground, rule) => {
    const named = Object.entries(rule ?? {}) as [Dimension, string[]][];
    const parts = named.map(([name, values]) => `${dimensionText(name)}: ${values.join(", ")}`);
    return {
      included: t`it was named as in`,
      excluded: t`it was named as out`,
      rule: format.list(parts),
      no_rule: t`no rule listed it`,
      out_of_season: t`no delivery window was of its seasons`,
    }[ground];
  };
}

type Source = NonNullable<Past["sizes"][number]["price"]>["source"];

/** Whose price it was, in words. */
export function useSourceText(): (source: Source) => string {
  const { t } = useLingui();
  return (source) =>
    ({
      market: t`the market's`,
      price_list: t`the price list's`,
      price_group: t`the price group's`,
      customer: t`the company's own`,
    })[source];
}
