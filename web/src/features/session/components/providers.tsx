import { Trans } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { config } from "@/features/session/api/config";
import { goTo } from "@/features/session/api/provider";
import { Refusal } from "@/features/session/components/refusal";
import { Button } from "@/ui/button";

/** The other ways to sign in, where the installation has any. */
export function Providers() {
  const { data } = useQuery({ queryKey: ["config"], queryFn: config, staleTime: Infinity });
  const going = useMutation({ mutationFn: goTo });
  return (
    <>
      {data?.providers.map(({ id, name }) => (
        <Button key={id} onPress={() => going.mutate(id)} isDisabled={going.isPending}>
          <Trans>Sign in with {name}</Trans>
        </Button>
      ))}
      <Refusal error={going.error} />
    </>
  );
}
