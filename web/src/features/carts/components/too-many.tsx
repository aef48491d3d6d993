import { Trans } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import { MOST } from "@/shared/quantity/pieces";

/** Why pieces are not added to a line of the cart, which would have so many with them. */
export function TooMany({ pieces }: { pieces: number }) {
  const format = useFormat();
  const sum = format.number(pieces);
  const most = format.number(MOST);
  return (
    <Trans>
      Not added: the cart would have {sum} pieces of it, and a line takes at most {most}.
    </Trans>
  );
}
