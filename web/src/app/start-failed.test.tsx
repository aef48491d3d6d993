import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { StartFailed } from "@/app/start-failed";
import { type Language, LANGUAGE_OPTIONS } from "@/i18n/locale";

const ENGLISH = "Sellin could not be loaded";

test.each(LANGUAGE_OPTIONS)("without any catalogue it speaks $label", ({ value }) => {
  const { container } = render(<StartFailed language={value as Language} />);
  const title = screen.getByRole("heading").textContent;
  expect(container.querySelector("main")!.lang).toBe(value);
  expect(title === ENGLISH).toBe(value === "en");
  expect(screen.getByRole("button").textContent).not.toBe("");
});
