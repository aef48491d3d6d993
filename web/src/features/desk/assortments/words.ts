import { useLingui } from "@lingui/react/macro";
import type { Assortment, Dimension } from "@/features/desk/assortments/api";

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
