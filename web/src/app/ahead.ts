import type { QueryClient } from "@tanstack/react-query";
import { router } from "@/app/router";
import { getChosenCompany } from "@/features/session/api/chosen-company";
import { companyQuery } from "@/features/session/api/get-company";
import { meQuery } from "@/features/session/api/get-me";
import { session } from "@/features/session/api/session";
import { doorsQuery } from "@/shared/doors";

/**
 * Asks at once for all that the first page will, where somebody is signed in: one after the
 * other, each would wait for the line again.
 */
export function askAhead(client: QueryClient): void {
  if (session() !== "in") return;
  void client.prefetchQuery(meQuery());
  const company = getChosenCompany();
  if (!company) return;
  void client.prefetchQuery(companyQuery(company));
  void client.prefetchQuery(doorsQuery(company));
  router.update({ ...router.options, context: { client } });
  void router.load();
}
