import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { request } from "@/api/client";
import type { Format } from "@/i18n/format";
import { type Door, useScope, useScopeKey } from "@/shared/scope";

/** The doors that the portal knows, and whether the company has more than these. */
export interface Doors {
  items: Door[];
  more: boolean;
}

const MOST = 50;

const listDoors = (q?: string) =>
  request("get", "/v1/accounts/company/doors", { params: { query: { limit: MOST, q } } });

/** The first doors of the company, the default one first; of most companies these are all. */
export const doorsQuery = (company: string) =>
  queryOptions({
    queryKey: [company, "doors"],
    queryFn: async (): Promise<Doors> => {
      const page = await listDoors();
      return { items: page.items, more: page.next !== null };
    },
    staleTime: 300_000,
  });

/** Doors whose name, city or number begins like this. */
export const doorSearchQuery = ([company]: readonly [string], q: string) =>
  queryOptions({
    queryKey: [company, "door-search", q],
    queryFn: async () => (await listDoors(q)).items,
    staleTime: 300_000,
  });

/** The doors as the reader looks for them: the default one, which is the first, then by name. */
export function byName(doors: readonly Door[], { compare }: Format): Door[] {
  const [first, ...others] = doors;
  return first ? [first, ...others.sort((a, b) => compare(a.name, b.name))] : [];
}

/** Makes a door that was found one that the portal knows. */
export function useRememberDoor(): (door: Door) => void {
  const client = useQueryClient();
  const [company] = useScopeKey();
  return useCallback(
    (door: Door) =>
      client.setQueryData(
        doorsQuery(company).queryKey,
        (known) =>
          known && {
            ...known,
            items: known.items.some((each) => each.id === door.id)
              ? known.items
              : [...known.items, door],
          },
      ),
    [client, company],
  );
}

/** Looks for a door that an address names; whether it is still being looked for. */
export function useLookedUpDoor(id: string | undefined): boolean {
  const { doors, moreDoors } = useScope();
  const remember = useRememberDoor();
  const isAsked = Boolean(id) && moreDoors && !doors.some((each) => each.id === id);
  const { data, isError } = useQuery({
    ...doorSearchQuery(useScopeKey(), id ?? ""),
    enabled: isAsked,
  });
  const found = isAsked ? data?.find((each) => each.id === id) : undefined;
  useEffect(() => {
    if (found) remember(found);
  }, [found, remember]);
  return isAsked && !isError && (!data || Boolean(found));
}
