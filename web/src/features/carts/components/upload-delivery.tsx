import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import styles from "@/features/carts/components/upload-dialog.module.css";
import { windowsQuery } from "@/shared/cart/look-up";
import { DoorField } from "@/shared/door-field";
import { useScopeKey } from "@/shared/scope";
import { Select } from "@/ui/field";

interface Props {
  door: string;
  window: string;
  onDoor: (id: string) => void;
  onWindow: (id: string) => void;
}

/** For rows whose door or delivery is empty. */
export function UploadDelivery({ door, window, onDoor, onWindow }: Props) {
  const { t } = useLingui();
  const { data: windows = [] } = useQuery(windowsQuery(useScopeKey()));
  return (
    <fieldset className={styles.places}>
      <legend>
        <Trans>For rows that don’t say it themselves</Trans>
      </legend>
      <DoorField label={t`Door`} value={door} onChange={onDoor} none={t`As in the file`} />
      <Select
        label={t`Delivery`}
        value={window}
        onChange={onWindow}
        options={[
          { value: "", label: t`As in the file` },
          ...windows
            .filter((each) => each.open)
            .map((each) => ({
              value: each.id,
              label: each.kind === "at_once" ? t`At once` : each.id,
            })),
        ]}
      />
    </fieldset>
  );
}
