import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from "react";
import styles from "@/ui/field.module.css";

interface Common {
  label: string;
  hint?: ReactNode;
  fault?: string | undefined;
  className?: string;
}

type TextProps = Common & InputHTMLAttributes<HTMLInputElement>;

/** An input with its label, and its hint or fault below it. */
export function TextField({ label, hint, fault, className, ...props }: TextProps) {
  const own = useId();
  const id = props.id ?? own;
  const note = fault ?? hint;
  return (
    <div className={`${styles.field} ${className ?? ""}`}>
      <label htmlFor={id}>{label}</label>
      <input
        {...props}
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
