import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { noteContract } from "@/api/contracts";
import { OutdatedNotice } from "@/app/outdated";
import { show } from "@/testing/render";

vi.mock("@/ui/modal-dialog", () => Promise.reject(new TypeError("gone with the build")));

afterEach(() => vi.restoreAllMocks());

test("who needs a new version reads so, though the files of dialogs are gone, too", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  show(<OutdatedNotice />);
  expect(screen.queryByRole("dialog")).toBeNull();
  const later = new Response(null, { headers: { "Sellin-Contract": "carts/99.0.0" } });
  expect(() => noteContract("/v1/carts", later)).toThrow();
  const told = await screen.findByRole("dialog", { name: "There is a new version of Sellin" });
  expect(told.textContent).toContain("Please reload to go on.");
  expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
});
