import type { QueryClient } from "@tanstack/react-query";
import { router } from "@/app/router";
import { getChosenCompany } from "@/features/session/api/chosen-company";
import { companyQuery } from "@/features/session/api/get-company";
import { meQuery } from "@/features/session/api/get-me";
import { session } from "@/features/session/api/session";
import { doorsQuery } from "@/shared/doors";

/** The page asks again, and says so where that fails, too. */
const ignoreFailure = () => undefined;

/**
 * Asks at once for all that the first page will, where somebody is signed in: one after the
 * other, each would wait for the line again.
 */
export function prefetchFirstPage(client: QueryClient): void {
  if (session() !== "in") return;
  client.query(meQuery()).catch(ignoreFailure);
  const company = getChosenCompany();
  if (!company) return;
  client.query(companyQuery(company)).catch(ignoreFailure);
  client.query(doorsQuery(company)).catch(ignoreFailure);
  router.update({ ...router.options, context: { client } });
  void router.load();
}
