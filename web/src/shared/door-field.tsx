import { lazy, Suspense } from "react";
import { useFormat } from "@/i18n/format";
import { byName } from "@/shared/doors";
import { useScope } from "@/shared/scope";
import { Select } from "@/ui/field";

// Few companies have so many doors that they must search.
const DoorSearch = lazy(() => import("@/shared/door-search"));

export interface DoorFieldProps {
  label: string;
  value: string;
  onChange: (id: string) => void;
  /** What no door means, where it may be none. */
  none?: string;
  /** Also those that can't be delivered to. */
  withBlocked?: boolean;
  /** A door that is not offered. */
  except?: string;
  className?: string;
}

/** Chooses a door: from a list, or by search where the company has more than a list holds. */
export function DoorField(props: DoorFieldProps) {
  const { none, withBlocked, except, ...select } = props;
  const { doors, moreDoors } = useScope();
  const format = useFormat();
  const offered = byName(doors, format).filter(
    (door) => door.id !== except && (withBlocked || !door.blocked),
  );
  const { value } = select;
  // An address may name what is not offered; as it counts, it is shown.
  const isOffered = !value || offered.some((door) => door.id === value);
  const list = (
    <Select
      {...select}
      options={[
        ...(none === undefined ? [] : [{ value: "", label: none }]),
        ...offered.map((door) => ({ value: door.id, label: door.name })),
        ...(isOffered
          ? []
          : [{ value, label: doors.find((door) => door.id === value)?.name ?? value }]),
      ]}
    />
  );
  if (!moreDoors) return list;
  return (
    <Suspense fallback={list}>
      <DoorSearch {...props} />
    </Suspense>
  );
}
