import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";

/** Has every page of the list asked for, one after the other; whether all are there. */
export function useEveryPage<T>(list: UseInfiniteQueryResult<InfiniteData<T>>): boolean {
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return list.isSuccess && !hasNextPage;
}
