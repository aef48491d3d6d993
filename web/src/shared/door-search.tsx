import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useRef, useState } from "react";
import type { DoorFieldProps } from "@/shared/door-field";
import styles from "@/shared/door-search.module.css";
import { doorSearchQuery, useRememberDoor } from "@/shared/doors";
import { useScope, useScopeKey } from "@/shared/scope";
import { TextField } from "@/ui/field";

const SHOWN = 8;

/**
 * A door of many, found by how its name, city or number begins. The list is the platform's own:
 * React Aria's would be an eighth of the portal's first load, for the few who have so many doors.
 */
export default function DoorSearch(props: DoorFieldProps) {
  const { label, value, onChange, none, withBlocked, except, className } = props;
  const { t } = useLingui();
  const { doors } = useScope();
  const remember = useRememberDoor();
  const list = useRef<HTMLSelectElement>(null);
  const chosen = doors.find((door) => door.id === value);
  const [typed, setTyped] = useState<string | null>(null);
  const [marked, setMarked] = useState("");
  const asked = useDeferredValue((typed ?? "").trim());
  const { data, isFetching } = useQuery({
    ...doorSearchQuery(useScopeKey(), asked),
    placeholderData: (previous) => previous,
  });
  const found = (data ?? []).filter(
    (door) => door.id !== except && (withBlocked || !door.blocked) && door.id !== value,
  );
  const choose = (id: string | undefined) => {
    const door = found.find((each) => each.id === id);
    if (!door) return;
    remember(door);
    setTyped(null);
    setMarked("");
    onChange(door.id);
  };
  const type = (text: string) => {
    setTyped(text);
    if (!text && none !== undefined && value) onChange("");
  };
  const onTextKey = (event: KeyboardEvent) => {
    // This Enter ends a letter that is being composed, as by an input method.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" && found.length) {
      event.preventDefault();
      setMarked(found[0]!.id);
      list.current?.focus();
    } else if (event.key === "Enter" && typed) {
      event.preventDefault();
      choose(found[0]?.id);
    } else if (event.key === "Escape") setTyped(null);
  };
  return (
    <div className={className}>
      <TextField
        label={label}
        type="search"
        autoComplete="off"
        value={typed ?? chosen?.name ?? ""}
        placeholder={none ?? ""}
        hint={isFetching || found.length ? t`Name, city or number` : t`No door is found.`}
        onChange={(event) => {
          type(event.target.value);
        }}
        onKeyDown={onTextKey}
      />
      {typed !== null && found.length > 0 && (
        <select
          ref={list}
          className={styles.list}
          aria-label={label}
          size={Math.max(2, Math.min(found.length, SHOWN))}
          value={marked}
          onChange={(event) => {
            setMarked(event.target.value);
          }}
          onClick={(event) => {
            choose(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") choose(marked);
            else if (event.key === "Escape") setTyped(null);
          }}
        >
          {found.map((door) => (
            <option key={door.id} value={door.id}>
              {`${door.name} · ${door.address.city} · ${door.id}`}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
