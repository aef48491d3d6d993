import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  useEffect,
  useId,
  useRef,
} from "react";
import styles from "@/ui/field.module.css";

interface Common {
  label: string;
  hint?: ReactNode;
  fault?: string | undefined;
  className?: string;
}

type TextProps = Common & InputHTMLAttributes<HTMLInputElement>;

/**
 * An input with its label, and its hint or fault below it. Of a text longer than `maxLength`
 * nothing is cut off, as browsers do with what is pasted: it is told, and can't be sent.
 */
export function TextField(props: TextProps) {
  const { label, hint, fault: given, className, maxLength, ...rest } = props;
  const { t } = useLingui();
  const own = useId();
  const id = rest.id ?? own;
  const input = useRef<HTMLInputElement>(null);
  const text = typeof rest.value === "string" ? rest.value.trim() : "";
  const over = maxLength === undefined ? 0 : Array.from(text).length - maxLength;
  const tooLong =
    over > 0
      ? t`${plural(over, { one: "# character too many", other: "# characters too many" })}`
      : "";
  useEffect(() => input.current?.setCustomValidity(tooLong), [tooLong]);
  const fault = tooLong || given;
  const note = fault || hint;
  return (
    <div className={`${styles.field} ${className ?? ""}`}>
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        ref={input}
        id={id}
        aria-invalid={fault ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
      />
      {note && (
        <span id={`${id}-note`} className={fault ? styles.fault : styles.hint}>
          {note}
        </span>
      )}
    </div>
  );
}

type SelectProps = Common &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange"> & {
    options: { value: string; label: string }[];
    onChange: (value: string) => void;
  };

/** The platform's own list of choices, with its label. */
export function Select({
  label,
  hint,
  className,
  options,
  onChange,
  fault,
  ...props
}: SelectProps) {
  const id = useId();
  return (
    <div className={`${styles.field} ${className ?? ""}`}>
      <label htmlFor={id}>{label}</label>
      <select
        {...props}
        id={id}
        aria-invalid={fault ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint && <span className={styles.hint}>{hint}</span>}
    </div>
  );
}
