import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render } from "@testing-library/react";
import axe from "axe-core";
import type { ReactNode } from "react";
import { expect } from "vitest";
import { messages } from "@/i18n/locales/en.po";

/** Renders with the English catalogue. */
export function show(content: ReactNode) {
  i18n.loadAndActivate({ locale: "en", messages });
  return render(<I18nProvider i18n={i18n}>{content}</I18nProvider>);
}

/** Fails with what axe-core finds; contrast needs a browser. */
export async function expectAccessible(container: Element): Promise<void> {
  const found = await axe.run(container, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "color-contrast": { enabled: false } },
  });
  expect(found.violations.map((each) => [each.id, each.nodes.map((node) => node.html)])).toEqual(
    [],
  );
}
