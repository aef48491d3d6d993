import { useLingui } from "@lingui/react/macro";
import { FiredRules } from "@/shared/approval/fired-rules";
import type { Cart } from "@/shared/cart/types";
import { Notice } from "@/ui/notice";

/** Before the cart is placed: the rules by which it will have to wait. */
export function NeedsApproval({ cart: { approval, state } }: { cart: Cart }) {
  const { t } = useLingui();
  if (state !== "open" || !approval.length) return null;
  return (
    <Notice kind="warning" title={t`Will need approval`}>
      <FiredRules fired={approval} />
    </Notice>
  );
}
