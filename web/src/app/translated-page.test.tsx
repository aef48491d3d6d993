import { act, render } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { followTranslation } from "@/app/translated-page";

// An element that only Chrome makes these days.
const TAG: string = "font";

beforeAll(followTranslation);

/** What Chrome does to every text of a page that it translates, in one of two ways. */
async function translate(root: Node, atOnce: boolean): Promise<void> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts.filter((one) => one.parentElement?.tagName !== "FONT")) {
    const font = document.createElement(TAG);
    font.append(`[${text.data}]`);
    if (atOnce) text.parentNode!.replaceChild(font, text);
    else {
      text.before(font);
      text.remove();
    }
  }
  await act(() => Promise.resolve());
}

function Total({ pieces, saving }: { pieces: number; saving: boolean }) {
  return (
    <p>
      {saving && "Saving: "}
      {pieces > 0 ? "pieces " : <b>nothing yet</b>}
      {pieces > 0 && pieces}
      {saving ? null : ", saved"}
    </p>
  );
}

test.each([true, false])("a translated page goes on, with true numbers (%s)", async (atOnce) => {
  const { container, rerender } = render(<Total pieces={3} saving />);
  await translate(container, atOnce);
  expect(container.textContent).toBe("[Saving: ][pieces ][3]");
  rerender(<Total pieces={7} saving />);
  await act(() => Promise.resolve());
  expect(container.textContent).toBe("[Saving: ][pieces ]7");
  await translate(container, atOnce);
  rerender(<Total pieces={7} saving={false} />);
  expect(container.textContent).toBe("[pieces ][7], saved");
  await translate(container, atOnce);
  rerender(<Total pieces={0} saving={false} />);
  expect(container.textContent).toBe("nothing yet[, saved]");
  await translate(container, atOnce);
  rerender(<Total pieces={12} saving />);
  expect(container.textContent).toBe("Saving: pieces 12");
});
