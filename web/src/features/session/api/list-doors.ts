import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Door } from "@/shared/scope";

const listPage = (cursor: string | null) =>
  request("get", "/v1/accounts/company/doors", { params: { query: { limit: 200, cursor } } });

async function listDoors(): Promise<Door[]> {
  const doors: Door[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listPage>> = await listPage(cursor);
    doors.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return doors;
}

/** All doors of the company, the default one first. */
export const doorsQuery = (company: string) =>
  queryOptions({ queryKey: [company, "doors"], queryFn: listDoors, staleTime: 300_000 });
