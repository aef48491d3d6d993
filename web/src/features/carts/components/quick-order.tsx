import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { PasteList } from "@/features/carts/components/paste-list";
import styles from "@/features/carts/components/quick-order.module.css";
import { ScanField } from "@/features/carts/components/scan-field";
import { windowsQuery } from "@/shared/cart/look-up";
import type { DeliveryKey } from "@/shared/cart/types";
import type { OpenCart } from "@/shared/cart/use-cart";
import { DoorField } from "@/shared/door-field";
import { useScope, useScopeKey } from "@/shared/scope";
import { useWindowName } from "@/shared/window-name";
import { Select } from "@/ui/field";

/** SKUs or GTINs, scanned one by one or pasted as a list, for a door and delivery. */
export function QuickOrder({ open }: { open: OpenCart }) {
  const { t } = useLingui();
  const id = useId();
  const windowName = useWindowName();
  const { doors } = useScope();
  const { data: all = [] } = useQuery(windowsQuery(useScopeKey()));
  const windows = all.filter((window) => window.open);
  const allowed = doors.filter((door) => !door.blocked);
  const [chosen, setChosen] = useState<Partial<DeliveryKey>>({});
  const delivery = {
    door: chosen.door ?? allowed[0]?.id ?? "",
    window: chosen.window ?? windows[0]?.id ?? "",
  };
  return (
    <section className={styles.quick} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Trans>Quick order</Trans>
      </h2>
      <div className={styles.target}>
        <DoorField
          label={t`Deliver to`}
          value={delivery.door}
          onChange={(door) => setChosen({ ...chosen, door })}
        />
        <Select
          label={t`Delivery`}
          value={delivery.window}
          onChange={(window) => setChosen({ ...chosen, window })}
          options={windows.map((each) => ({ value: each.id, label: windowName(each) }))}
        />
      </div>
      <ScanField open={open} delivery={delivery} />
      <PasteList open={open} delivery={delivery} />
    </section>
  );
}
