import { useLingui } from "@lingui/react/macro";
import type { CompanyRole } from "@/features/people/api/people";

/** What roles in a company are called, and what one may do there. */
export function useRoleText(): (role: CompanyRole) => string {
  const { t } = useLingui();
  return (role) =>
    ({
      viewer: t`Views only`,
      buyer: t`Views and orders`,
      approver: t`Approver`,
      admin: t`Orders and manages people`,
    })[role];
}

/** What an admin can choose; orders do not wait for approvers, so nobody is made one. */
export function useRoleOptions(now?: CompanyRole): { value: CompanyRole; label: string }[] {
  const text = useRoleText();
  const given: CompanyRole[] = ["viewer", "buyer", "admin"];
  const roles = now && !given.includes(now) ? [...given, now] : given;
  return roles.map((value) => ({ value, label: text(value) }));
}
