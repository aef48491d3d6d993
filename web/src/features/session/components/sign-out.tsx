import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { signOutEverywhere } from "@/features/session/api/sign-out";
import { Button } from "@/ui/button";

/** Signs out; `look` is the button's. */
export function SignOut({ look }: { look?: "danger" }) {
  const leaving = useMutation({ mutationFn: signOutEverywhere });
  return (
    <Button look={look} isDisabled={leaving.isPending} onPress={() => leaving.mutate()}>
      <Trans>Sign out</Trans>
    </Button>
  );
}
