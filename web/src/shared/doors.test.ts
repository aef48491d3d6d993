import { expect, test } from "vitest";
import { formats } from "@/i18n/format";
import { byName } from "@/shared/doors";
import { door } from "@/testing/services";

test("the default door is first, the others are by name as the reader's language has it", () => {
  const names = ["Warszawa", "Örebro", "Zürich", "Aarau"];
  const doors = names.map((name, index) => door(String(index), name));
  const sorted = (locale: string) => byName(doors, formats(locale)).map(({ name }) => name);
  expect(sorted("de")).toEqual(["Warszawa", "Aarau", "Örebro", "Zürich"]);
  expect(sorted("sv")).toEqual(["Warszawa", "Aarau", "Zürich", "Örebro"]);
  expect(byName([], formats("de"))).toEqual([]);
});
