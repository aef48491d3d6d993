import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { useActor } from "@/shared/actor";
import { ScopeContext } from "@/shared/scope";
import { SCOPE } from "@/testing/page";
import { show } from "@/testing/render";

type Signed = Parameters<ReturnType<typeof useActor>>[0];

function Name(signed: Signed) {
  return <p role="status">{useActor()(signed)}</p>;
}

test.each<[Signed, string]>([
  [{ by: "Anna Vogel", by_kind: "person" }, "Anna Vogel"],
  [{ by: "Nina Sommer", by_kind: "rep" }, "Rep Nina Sommer for Läufer GmbH"],
  [{ by: "Anything", by_kind: "sap" }, "Order processing"],
  [{ by: "", by_kind: "system" }, "Sellin"],
  [{ by: "Kept long ago", by_kind: null }, "Kept long ago"],
])("%j is said as %s", (signed, said) => {
  const company = { ...SCOPE.company, name: "Läufer GmbH" };
  show(
    <ScopeContext value={{ ...SCOPE, company }}>
      <Name {...signed} />
    </ScopeContext>,
  );
  expect(screen.getByRole("status").textContent).toBe(said);
});
