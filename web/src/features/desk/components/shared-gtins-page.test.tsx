import { screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { SharedGtin } from "@/features/desk/api/queries";
import { SharedGtinsPage } from "@/features/desk/components/shared-gtins-page";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const one: SharedGtin = {
  gtin: "4006381333931",
  articles: [
    {
      style: "10123",
      article: "10123001",
      name: "Tech Tee",
      sku: "10123-010-S",
      colour: "Black",
      size: "S",
    },
    { style: "10200", article: "10200001", name: "", sku: "", colour: "", size: "" },
  ],
  article_count: 23,
  since: "2026-11-27T01:31:00Z",
};

test("each GTIN is told with its articles, and how many more there are", async () => {
  answering({ "/v1/operations/shared-gtins": { items: [one], next: null } });
  const { container } = showPage("/desk/shared-gtins", SharedGtinsPage, "/desk/shared-gtins");
  const row = within(await screen.findByRole("row", { name: /4006381333931/ }));
  expect(row.getAllByRole("listitem").map((each) => each.textContent)).toEqual([
    "Article 10123001 of style 10123: Tech Tee, Black, S",
    "Article 10200001 of style 10200",
    "and 21 more",
  ]);
  await expectAccessible(container);
});
