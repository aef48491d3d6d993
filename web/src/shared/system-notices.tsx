import { queryOptions, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { request } from "@/api/client";
import type { components } from "@/api/schema/accounts";
import { useScopeKey } from "@/shared/scope";
import { Notice } from "@/ui/notice";

type Code = components["schemas"]["NoticeView"]["code"];

/** Where a notice matters: stock where it is shown, a system that is away where orders are. */
const PAGES: Record<Code, RegExp> = {
  sap_away: /^\/(orders|placed|carts\/[^/]+\/place)/,
  stock_old: /^\/(catalog|styles|carts|line-sheet)/,
};

const MINUTE = 60_000;

const noticesQuery = (scope: readonly [string]) =>
  queryOptions({
    queryKey: [...scope, "notices"],
    queryFn: () => request("get", "/v1/accounts/company/notices", {}),
    staleTime: MINUTE,
    // Who reads that something is amiss reads, too, that it is over.
    refetchInterval: ({ state }) => (state.data?.items.length ? MINUTE : 5 * MINUTE),
  });

/** What the page's people should know of the brand's system; nothing where all is well. */
export default function SystemNotices(): ReactNode {
  const path = useLocation({ select: (location) => location.pathname });
  // That it can't be asked is no news of the brand's system: the page itself tells what fails.
  const { data } = useQuery(noticesQuery(useScopeKey()));
  return data?.items
    .filter(({ code }) => PAGES[code].test(path))
    .map(({ code, text }) => (
      <Notice key={code} kind="warning">
        {text}
      </Notice>
    ));
}
