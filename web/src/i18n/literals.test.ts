import { ESLint } from "eslint";
import { expect, test, vi } from "vitest";

// The first run reads every type of the project.
vi.setConfig({ testTimeout: 180_000 });

const eslint = new ESLint();

/** The rules that a component breaks which shows this. */
async function broken(shown: string): Promise<(string | null)[]> {
  const code = `export function Shown({ on, n }: { on: boolean; n: number }) {
    return <section data-n={n} hidden={on}>${shown}</section>;
  }`;
  const [result] = await eslint.lintText(code, { filePath: "src/ui/page-title.tsx" });
  return result!.messages.map((message) => message.ruleId);
}

test.each([
  "Save",
  "save",
  "{on ? 'Save' : ''}",
  "{on && 'save'}",
  "{'Save'}",
  "{`${n} pieces`}",
  '<button title="Save" />',
  '<img alt="a shoe" src="/x.svg" />',
  "<button aria-label={'close'} />",
  "<button aria-label={on ? 'open' : 'closed'} />",
  "<button title={`${n} pieces`} />",
  "<Notice title='saved' />",
])("the lint refuses %s", async (shown) => {
  expect(await broken(shown)).toEqual(
    expect.arrayContaining([expect.stringMatching(/no-restricted-syntax|no-unlocalized-strings/)]),
  );
});

test.each([
  "Sellin",
  "{n}",
  "· –",
  "<Trans>Save</Trans>",
  "<Trans>Save {on ? n : '–'}</Trans>",
  '<button type="submit" className="main" />',
])("the lint lets %s pass", async (shown) => {
  const found = await broken(shown);
  expect(found.filter((rule) => rule !== "@typescript-eslint/no-unused-vars")).toEqual([]);
});
