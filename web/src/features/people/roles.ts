import { useLingui } from "@lingui/react/macro";
import type { CompanyRole } from "@/features/people/api/people";

/** What roles in a company are called, and what one may do there. */
export function useRoleText(): (role: CompanyRole) => string {
  const { t } = useLingui();
  return (role) =>
    ({
      viewer: t`Views only`,
      buyer: t`Views and orders`,
      approver: t`Orders and approves orders`,
      admin: t`Orders and manages people`,
    })[role];
}

/** What an admin can choose. */
export function useRoleOptions(): { value: CompanyRole; label: string }[] {
  const text = useRoleText();
  const roles: CompanyRole[] = ["viewer", "buyer", "approver", "admin"];
  return roles.map((value) => ({ value, label: text(value) }));
}
