import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import SystemNotices from "@/shared/system-notices";
import { answering, showPage } from "@/testing/page";
import { expectAccessible } from "@/testing/render";

afterEach(() => vi.unstubAllGlobals());

const AWAY = { code: "sap_away", since: "2026-11-26T13:05:00Z", text: "SAP is away since 14:05." };
const OLD = { code: "stock_old", since: "2026-11-25T08:00:00Z", text: "Stock as of 25/11, 09:00." };

function open(at: string, answer: unknown) {
  const asked = answering({ "/v1/accounts/company/notices": answer });
  return { ...showPage(at, SystemNotices, at), asked };
}

test.each([
  ["/orders", [AWAY.text]],
  ["/placed/7K3Q9XZ4M2", [AWAY.text]],
  ["/carts/c1/place", [AWAY.text, OLD.text]],
  ["/carts/c1", [OLD.text]],
  ["/catalog", [OLD.text]],
  ["/styles/10123", [OLD.text]],
])("at %s people read what matters there", async (at, texts) => {
  const { container } = open(at, { items: [AWAY, OLD] });
  await waitFor(() =>
    expect(screen.getAllByRole("status").map((each) => each.textContent)).toEqual(texts),
  );
  await expectAccessible(container);
});

test("where nothing is amiss, or nobody can tell, there is nothing to read", async () => {
  for (const answer of [{ items: [] }, undefined]) {
    const { asked, unmount } = open("/orders", answer);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByRole("status")).toBeNull();
    unmount();
  }
});
