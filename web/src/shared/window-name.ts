import { useLingui } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";

/** A delivery window as the catalogue has it, or as a delivery or an order tells of it. */
interface Told {
  id?: string;
  window?: string;
  kind?: string | null;
  at_once?: boolean;
  /** Null where nobody knows them any more. */
  ship_from?: string | null;
  ship_to?: string | null;
}

/** How a window is called where its days do not stand beside it. */
export function useWindowName() {
  const { t } = useLingui();
  const format = useFormat();
  return ({ id, window = id, kind, at_once: isAtOnce, ship_from: from, ship_to: to }: Told) => {
    if (isAtOnce || kind === "at_once") return t`At once`;
    return from && to ? `${window} (${format.dates(from, to)})` : (window ?? "");
  };
}
