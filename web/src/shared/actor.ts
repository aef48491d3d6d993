import { useLingui } from "@lingui/react/macro";
import type { components } from "@/api/schema/orders";
import { useScope } from "@/shared/scope";

/** What says who did it, as `components["schemas"]["StepView"]`. */
interface Signed {
  by: string;
  by_kind?: components["schemas"]["ActorKind"] | null;
}

/** Says who did something: a name alone could be anybody's, and SAP's as well. */
export function useActor(): (signed: Signed) => string {
  const { t } = useLingui();
  const { company } = useScope();
  return ({ by, by_kind: kind }) => {
    switch (kind) {
      case "rep": {
        const customer = company.name;
        return t`Rep ${by} for ${customer}`;
      }
      case "brand":
        return t`${by} (brand)`;
      case "sap":
        return t`Order processing`;
      case "system":
        return "Sellin";
      default:
        // Kept before kinds were, too: as it was shown then.
        return by;
    }
  };
}
