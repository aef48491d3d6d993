import { Trans } from "@lingui/react/macro";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

/** What a list says beside its rows: that it loads, failed, is empty, or goes on. */
export function More({ list, rows }: { list: UseInfiniteQueryResult; rows: number }) {
  return (
    <>
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {list.isSuccess && rows === 0 && (
        <p role="status">
          <Trans>Nothing here.</Trans>
        </p>
      )}
      {list.hasNextPage && (
        <Button isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}
