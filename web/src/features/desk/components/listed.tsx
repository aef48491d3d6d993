import { Trans } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from "@tanstack/react-query";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";
import { type Rows, Table } from "@/ui/table";

interface Props<T> extends Rows<T> {
  list: Pick<UseQueryResult, "error" | "isPending" | "isSuccess" | "refetch">;
}

/** A list as far as it was read, or that it loads, failed or is empty. */
export function Listed<T>({ list, ...rows }: Props<T>) {
  return (
    <>
      {rows.items.length > 0 && <Table {...rows} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {list.isSuccess && rows.items.length === 0 && (
        <p role="status">
          <Trans>Nothing here.</Trans>
        </p>
      )}
    </>
  );
}

interface PagesProps<T> extends Omit<Rows<T>, "items"> {
  list: UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>;
}

/** A list that is read page by page. */
export function ListedPages<T>({ list, ...rows }: PagesProps<T>) {
  return (
    <>
      <Listed list={list} items={list.data?.pages.flatMap((page) => page.items) ?? []} {...rows} />
      {list.hasNextPage && (
        <Button isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}
