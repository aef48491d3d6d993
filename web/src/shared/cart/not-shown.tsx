import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { FailedPage } from "@/ui/failed-page";

/** What stands where a cart is not there yet, or can't be had: with the way to the others. */
export function CartNotShown({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (!error) {
    return (
      <p role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  }
  const back = (
    <Link to="/carts">
      <Trans>To the carts</Trans>
    </Link>
  );
  return <FailedPage error={error} onRetry={onRetry} back={back} />;
}
