import { Trans } from "@lingui/react/macro";
import { type ReactNode, type SubmitEvent, useState } from "react";
import styles from "@/features/desk/components/desk.module.css";
import { Button } from "@/ui/button";
import { Select, TextField } from "@/ui/field";

/** What a list is narrowed by. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <div role="search" className={styles.filters}>
      {children}
    </div>
  );
}

interface ChoiceProps<V> {
  label: string;
  value: V | undefined;
  of: readonly V[];
  text: (value: V) => string;
  /** What is said where none of them is chosen; absent where one always is. */
  none?: string;
  onChoose: (value: V | undefined) => void;
}

/** One of several values. */
export function Choice<V extends string | number>(props: ChoiceProps<V>) {
  const { label, value, of, text, none, onChoose } = props;
  const options = of.map((each) => ({ value: String(each), label: text(each) }));
  return (
    <Select
      label={label}
      value={String(value ?? "")}
      options={none === undefined ? options : [{ value: "", label: none }, ...options]}
      onChange={(chosen) => onChoose(of.find((each) => String(each) === chosen))}
    />
  );
}

interface PartProps {
  label: string;
  value: string;
  /** Letters that the service takes. */
  most?: number;
  onSearch: (part: string) => void;
}

/** Part of a text, looked for when it is sent. */
export function Part({ label, value, most = 200, onSearch }: PartProps) {
  const [part, setPart] = useState(value);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSearch(part.trim());
  };
  return (
    <form className={styles.part} onSubmit={submit}>
      <TextField
        label={label}
        type="search"
        value={part}
        maxLength={most}
        onChange={(event) => setPart(event.target.value)}
      />
      <Button type="submit">
        <Trans>Search</Trans>
      </Button>
    </form>
  );
}
