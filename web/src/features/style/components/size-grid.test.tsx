import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import fc from "fast-check";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { Fault } from "@/features/style/components/row-faults";
import { SizeGrid } from "@/features/style/components/size-grid";
import { gridOf } from "@/features/style/grid";
import { type Scope, ScopeContext } from "@/shared/scope";
import { expectAccessible, show } from "@/testing/render";
import { styleOf } from "@/testing/styles";

const style = styleOf(["Black", "Red"], ["S", "M", "L"]);
style.packs.prepacks = [{ code: "A", quantities: { S: 1, M: 2 } }];
const grid = gridOf(style, "AO");

interface Given {
  readOnly?: boolean;
  atOnce?: boolean;
  faults?: Record<string, Fault>;
  unit?: "PCE" | "PR";
}

function Filled({ readOnly = false, atOnce = true, faults = {}, unit = "PCE" }: Given) {
  const [quantities, setQuantities] = useState(new Map<string, number>());
  return (
    <ScopeContext value={{ me: { uid: "anna" } } as Scope}>
      <SizeGrid
        style={{ ...style, unit }}
        grid={grid}
        atOnce={atOnce}
        readOnly={readOnly}
        quantityOf={(sku) => quantities.get(sku) ?? 0}
        faultOf={(sku) => faults[sku]}
        onEdit={(changes) =>
          setQuantities(
            new Map([...quantities, ...changes.map((each) => [each.sku, each.quantity] as const)]),
          )
        }
      />
    </ScopeContext>
  );
}

const cell = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const values = () =>
  ["Black", "Red"].map((colour) =>
    ["S", "M", "L"].map((size) => Number(cell(`${colour}, size ${size}`).value)),
  );
const paste = (target: HTMLElement, text: string) =>
  fireEvent.paste(target, { clipboardData: { getData: () => text } });

test.each([
  ["PCE", ["30x32", "32x32", "30x34"], "Waist", "Length", ["30", "32"]],
  ["PCE", ["75A", "80A", "75B"], "Band", "Cup", ["75", "80"]],
  ["PR", ["42", "42EE"].map((size) => size.replace(/^42$/, "42D")), "Size", "Width", ["42"]],
] as const)(
  "both dimensions of %s in %s have a heading",
  async (unit, sizes, first, second, columns) => {
    const sized = { ...styleOf(["Black"], [...sizes]), unit };
    const { container } = show(
      <ScopeContext value={{ me: { uid: "anna" } } as Scope}>
        <SizeGrid
          style={sized}
          grid={gridOf(sized, "AO")}
          atOnce
          readOnly={false}
          quantityOf={() => 0}
          faultOf={() => undefined}
          onEdit={() => undefined}
        />
      </ScopeContext>,
    );
    const heads = [...container.querySelectorAll("thead tr")].map((row) =>
      [...row.children].map((head) => head.textContent),
    );
    expect(heads).toEqual([["Colour", second, first, "Total"], [...columns]]);
    await expectAccessible(container);
  },
);

test("a grid is filled with the keyboard alone", async () => {
  const user = userEvent.setup();
  show(<Filled />);
  await user.click(cell("Black, size S"));
  await user.keyboard("1{ArrowRight}2{ArrowRight}3{ArrowDown}6{ArrowLeft}5{ArrowUp}");
  expect(cell("Black, size M")).toHaveProperty("ownerDocument.activeElement.value", "2");
  await user.keyboard("{ArrowLeft}{Enter}4");
  expect(values()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test("Ctrl+Enter and the row's own field fill a row", async () => {
  const user = userEvent.setup();
  show(<Filled />);
  await user.click(cell("Black, size M"));
  await user.keyboard("7{Control>}{Enter}{/Control}");
  await user.type(cell("Red: quantity for every size, then Enter"), "12{Enter}");
  expect(values()).toEqual([
    [7, 7, 7],
    [12, 12, 12],
  ]);
});

test("what can't be read stays as it was typed, is told, and changes nothing", async () => {
  const user = userEvent.setup();
  show(<Filled />);
  const total = () => screen.getAllByRole("row").at(-1)!.lastElementChild!.textContent;
  const field = cell("Black, size M");
  await user.type(field, "8{Tab}");
  for (const [text, reason] of [
    ["4,5", /“4,5” is not a whole number of pieces/],
    ["-6", /“-6” is less than 0/],
    ["2x", /“2x” is not a whole number/],
    ["2.000", /“2.000” can be read in two ways/],
    ["100001", /“100001” is too much: a line has at most 100,000/],
  ] as const) {
    await user.clear(field);
    await user.type(field, "8{Tab}");
    await user.click(field);
    await user.keyboard(text);
    await user.tab();
    expect(field.value).toBe(text);
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(parseInt(field.style.minWidth)).toBeGreaterThan(text.length);
    expect(field.getAttribute("aria-describedby")).toContain(
      screen.getByText(reason).closest("li")!.id,
    );
    expect(total()).toBe("8");
  }
  await user.click(field);
  await user.keyboard("7,00{Tab}");
  expect(field.value).toBe("7");
  expect(total()).toBe("7");
  expect(screen.queryByText(/not a whole number/)).toBeNull();
  await user.click(field);
  await user.keyboard("1,5");
  paste(field, "9");
  expect(field.value).toBe("9");
  expect(screen.queryByText(/not a whole number/)).toBeNull();
});

test("a pre-pack comes on top of what is there", async () => {
  const user = userEvent.setup();
  show(<Filled />);
  await user.type(cell("Red, size S"), "5");
  await user.click(screen.getByRole("button", { name: "+ pack A (3), Red" }));
  expect(values()[1]).toEqual([6, 2, 0]);
});

test("a copied range lands from the focused cell on, and what does not fit is told", () => {
  show(<Filled />);
  paste(cell("Black, size M"), "1\t2\t3\nx\t5\n");
  expect(values()).toEqual([
    [0, 1, 2],
    [0, 0, 5],
  ]);
  expect(screen.getByText(/left out: “x”/)).toBeTruthy();
  expect(screen.getByText(/Beyond the sizes of this style and left out: 1/)).toBeTruthy();
});

test("whatever is pasted, the totals are those of the cells", () => {
  const table = fc.array(fc.array(fc.nat(99), { minLength: 3, maxLength: 3 }), {
    minLength: 2,
    maxLength: 2,
  });
  fc.assert(
    fc.property(table, (quantities) => {
      const { unmount } = show(<Filled />);
      paste(cell("Black, size S"), quantities.map((row) => row.join("\t")).join("\n"));
      expect(values()).toEqual(quantities);
      const rows = screen.getAllByRole("row").slice(1);
      const sums = rows.map((row) => row.lastElementChild?.textContent);
      const [black, red] = quantities.map((row) => row.reduce((a, b) => a + b, 0));
      expect(sums).toEqual([black, red, black! + red!].map(String));
      unmount();
    }),
    { numRuns: 8 },
  );
});

test("a cell tells its stock and what comes next; pre-book is not limited", () => {
  const { unmount } = show(<Filled />);
  const described = cell("Black, size S").getAttribute("aria-describedby")!;
  expect(document.getElementById(described)?.textContent).toMatch(/^1040 on /);
  unmount();
  show(<Filled atOnce={false} />);
  expect(screen.queryByText(/40 on/)).toBeNull();
});

test("several cells are chosen, filled, copied and emptied by keys", async () => {
  const user = userEvent.setup();
  show(<Filled />);
  await user.type(cell("Black, size S"), "4");
  await user.keyboard("{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Control>}r{/Control}");
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}");
  expect(values()).toEqual([
    [4, 4, 4],
    [4, 4, 4],
  ]);
  expect(screen.getByRole("group", { name: "Chosen cells" }).textContent).toContain(
    "6 cells, 24 pieces",
  );
  const setData = vi.fn();
  fireEvent.copy(cell("Black, size S"), { clipboardData: { setData } });
  expect(setData).toHaveBeenCalledWith("text/plain", "4\t4\t4\n4\t4\t4");
  await user.keyboard("{Shift>}{ArrowLeft}{/Shift}{Delete}");
  expect(values()).toEqual([
    [0, 0, 4],
    [0, 0, 4],
  ]);
});

test("a total is laid over the run by its size curve, which is kept", async () => {
  const user = userEvent.setup();
  const { unmount } = show(<Filled />);
  await user.click(screen.getByRole("button", { name: "Fill Black by size" }));
  await user.type(screen.getByRole("textbox", { name: "Pieces in all" }), "30");
  await user.click(screen.getByRole("button", { name: "Fill in 30 pieces" }));
  expect(values()[0]).toEqual([8, 12, 10]);
  await user.click(screen.getByRole("button", { name: "Fill Red by size" }));
  for (const [size, share] of ["1", "1", "0"].entries()) {
    const field = screen.getByRole("textbox", { name: `Share of size ${["S", "M", "L"][size]}` });
    await user.clear(field);
    await user.type(field, share);
  }
  await user.type(screen.getByRole("textbox", { name: "Pieces in all" }), "9{Enter}");
  expect(values()[1]).toEqual([5, 4, 0]);
  unmount();
  show(<Filled />);
  await user.click(screen.getByRole("button", { name: "Fill Black by size" }));
  expect(screen.getByRole("textbox", { name: "Share of size L" }).getAttribute("value")).toBe("0");
  await expectAccessible(screen.getByRole("dialog"));
});

test("what is sold in pairs is laid over the run in pairs", async () => {
  const user = userEvent.setup();
  show(<Filled unit="PR" />);
  await user.click(screen.getByRole("button", { name: "Fill Black by size" }));
  await user.type(screen.getByRole("textbox", { name: "Pairs in all" }), "30");
  await user.click(screen.getByRole("button", { name: "Fill in 30 pairs" }));
  expect(values()[0]!.reduce((sum, each) => sum + each, 0)).toBe(30);
});

test("several packs at once come on top", async () => {
  const user = userEvent.setup();
  show(<Filled />);
  await user.type(cell("Red, size S"), "5");
  await user.click(screen.getByRole("button", { name: "Fill Red by size" }));
  const packs = screen.getByRole("textbox", { name: "How many packs" });
  await user.clear(packs);
  await user.type(packs, "3{Enter}");
  expect(values()[1]).toEqual([8, 6, 0]);
});

test("a fault is beside its row and told with its cell", () => {
  const sku = "10001-00-M";
  show(
    <Filled faults={{ [sku]: { severity: "error", code: "shortage", detail: "Only 3 left." } }} />,
  );
  const input = cell("Black, size M");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  const described = input.getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(described.map((id) => document.getElementById(id)?.textContent)).toContain(
    "M Only 3 left.",
  );
});

test("who may not order can't change anything", async () => {
  const user = userEvent.setup();
  show(<Filled readOnly />);
  await user.type(cell("Black, size S"), "5");
  paste(cell("Black, size S"), "5");
  expect(values()[0]).toEqual([0, 0, 0]);
});

test("axe finds nothing", async () => {
  const faults = { "10001-00-M": { severity: "warning" as const, code: "x", detail: "Few left." } };
  const { container } = show(<Filled faults={faults} />);
  await expectAccessible(container);
});
