import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { ComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Text } from "react-aria-components/Text";
import type { DoorFieldProps } from "@/shared/door-field";
import styles from "@/shared/door-search.module.css";
import { doorSearchQuery, useRememberDoor } from "@/shared/doors";
import { useScope, useScopeKey } from "@/shared/scope";
import fields from "@/ui/field.module.css";

/** A door of many, found by how its name, city or number begins. */
export default function DoorSearch(props: DoorFieldProps) {
  const { label, value, onChange, none, withBlocked, except, className } = props;
  const { t } = useLingui();
  const { doors } = useScope();
  const remember = useRememberDoor();
  const chosen = doors.find((door) => door.id === value);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? chosen?.name ?? "";
  const asked = useDeferredValue(text === chosen?.name ? "" : text.trim());
  const { data, isFetching } = useQuery({
    ...doorSearchQuery(useScopeKey(), asked),
    placeholderData: (previous) => previous,
  });
  const found = (data ?? []).filter(
    (door) => door.id !== except && (withBlocked || !door.blocked) && door.id !== value,
  );
  const choose = (key: string | number | null) => {
    const door = found.find((each) => each.id === key);
    if (door) {
      remember(door);
      setTyped(null);
      onChange(door.id);
    } else if (key === null && none !== undefined && value) {
      onChange("");
    }
  };
  return (
    // The chosen door stays among the items: without it the field would be emptied on leaving.
    <ComboBox
      className={`${fields.field} ${className ?? ""}`}
      items={chosen ? [chosen, ...found] : found}
      inputValue={text}
      onInputChange={setTyped}
      onFocusChange={(isFocused) => !isFocused && setTyped(null)}
      value={value || null}
      onChange={choose}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label>{label}</Label>
      <Input placeholder={none ?? ""} />
      <Text slot="description" className={fields.hint}>
        {isFetching || found.length ? t`Name, city or number` : t`No door is found.`}
      </Text>
      <Popover className={styles.popover}>
        <ListBox className={styles.list} renderEmptyState={() => (isFetching ? t`Loading…` : "–")}>
          {(door: (typeof found)[number]) => (
            <ListBoxItem id={door.id} textValue={door.name} className={styles.item}>
              {door.name}
              <small>
                {door.address.city} · {door.id}
              </small>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
