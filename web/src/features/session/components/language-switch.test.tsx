import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { LanguageSwitch } from "@/features/session/components/language-switch";
import { show } from "@/testing/render";

test("goes on from the language chosen a key before, while that one is loaded", () => {
  show(
    <QueryClientProvider client={new QueryClient()}>
      <LanguageSwitch language="en" />
    </QueryClientProvider>,
  );
  const choice = screen.getByRole("combobox");
  fireEvent.change(choice, { target: { value: "fr" } });
  expect(choice).toHaveProperty("value", "fr");
});
