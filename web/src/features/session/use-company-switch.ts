import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { chooseCompany } from "@/features/session/api/chosen-company";

/** Goes on for another company of the person's, at its catalogue. */
export function useCompanySwitch(): (company: string) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async (company) => {
    // What is still under way is of the company before.
    await client.cancelQueries();
    chooseCompany(company);
    void router.navigate({ to: "/catalog", search: {} });
  };
}
