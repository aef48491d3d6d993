import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema/accounts";
import type { Door } from "@/shared/scope";

type DoorPage = components["schemas"]["DoorPage"];

async function listDoors(): Promise<Door[]> {
  const doors: Door[] = [];
  let cursor: string | null = null;
  do {
    const page: DoorPage = await request("/v1/accounts/company/doors", {
      query: { limit: 200, cursor },
    });
    doors.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return doors;
}

/** All doors of the company, the default one first. */
export const doorsQuery = (company: string) =>
  queryOptions({ queryKey: [company, "doors"], queryFn: listDoors, staleTime: 300_000 });
