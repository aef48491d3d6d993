/** Outlines in a square of 20; drawn in the text's colour. */
const PATHS = {
  search: "m9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13 13l4 4",
  cards: "m3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z",
  list: "m3 5h14M3 10h14M3 15h14",
  close: "m5 5l10 10M15 5L5 15",
  filter: "m3 5h14M6 10h8M8.5 15h3",
  sheet: "m5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5.5M7.5 13.5h5.5",
  print: "m6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8V17H6z",
  link: "m8.5 11.5l3-3M9 6l2-2a3.5 3.5 0 0 1 5 5l-2 2M11 14l-2 2a3.5 3.5 0 0 1-5-5l2-2",
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words that say the same; readers are not told of it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
