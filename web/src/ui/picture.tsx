import { type CSSProperties, useState } from "react";
import styles from "@/ui/picture.module.css";

interface Props {
  src: string;
  alt: string;
  /** RRGGBB, which stands in for a picture that is not there. */
  hex: string;
  /** CSS pixels; the picture is square. */
  size: number;
  className?: string | undefined;
  loading?: "eager" | "lazy";
}

/** A picture of goods; its colour where there is none, never the browser's broken one. */
export function Picture({ src, alt, hex, size, className = "", loading = "eager" }: Props) {
  const [missing, setMissing] = useState("");
  if (!src || missing === src) {
    return (
      <span
        role={alt ? "img" : undefined}
        aria-label={alt || undefined}
        aria-hidden={!alt || undefined}
        className={`${styles.swatch} ${className}`}
        style={{ "--colour": `#${hex}`, maxWidth: size } as CSSProperties}
      />
    );
  }
  return (
    <img
      src={src}
      alt={alt}
      width={size}
      height={size}
      className={className}
      loading={loading}
      decoding="async"
      onError={() => setMissing(src)}
    />
  );
}
