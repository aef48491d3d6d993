import { Button as AriaButton, type ButtonProps } from "react-aria-components/Button";
import styles from "@/ui/button.module.css";

interface Props extends ButtonProps {
  look?: "main" | "plain" | "quiet" | "danger";
  className?: string;
}

/** A button; `main` is the one action that a page is for. */
export function Button({ look = "plain", className = "", ...props }: Props) {
  return <AriaButton {...props} className={`${styles.button} ${styles[look]} ${className}`} />;
}
