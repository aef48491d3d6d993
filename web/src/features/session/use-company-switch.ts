import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { chooseCompany } from "@/features/session/api/chosen-company";

/** A page that is there for every company. */
export interface Place {
  to: "/catalog" | "/carts" | "/orders";
  search?: { status?: "pending_approval" | "rejected" };
}

/** Goes on for another company of the person's, at its catalogue or another page. */
export function useCompanySwitch(): (company: string, place?: Place) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async (company, { to, search = {} } = { to: "/catalog" }) => {
    // What is still under way is of the company before.
    await client.cancelQueries();
    chooseCompany(company);
    void router.navigate({ to, search });
  };
}
