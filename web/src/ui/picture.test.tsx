import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/testing/render";
import { Picture } from "@/ui/picture";

const picture = (src: string) => <Picture src={src} alt="Tee, Red" hex="C01020" size={40} />;

test("a picture that can't be had is its colour, and tells what it is of", () => {
  show(picture("/media/gone.webp"));
  const image = screen.getByRole("img", { name: "Tee, Red" });
  expect(image.tagName).toBe("IMG");
  fireEvent.error(image);
  const swatch = screen.getByRole("img", { name: "Tee, Red" });
  expect(swatch.tagName).toBe("SPAN");
  expect(swatch.style.getPropertyValue("--colour")).toBe("#C01020");
});

test("another picture is tried anew", () => {
  const { rerender } = show(picture("/media/gone.webp"));
  fireEvent.error(screen.getByRole("img"));
  rerender(picture("/media/there.webp"));
  expect(screen.getByRole("img").tagName).toBe("IMG");
});

test("an article without a picture is its colour from the start", () => {
  show(picture(""));
  expect(screen.getByRole("img", { name: "Tee, Red" }).tagName).toBe("SPAN");
});
