import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { meQuery } from "@/features/session/api/get-me";
import { begin, end } from "@/features/session/api/session";
import { SessionGate } from "@/features/session/components/session-gate";
import { answering, SCOPE } from "@/testing/page";
import { show } from "@/testing/render";

afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const company = { ...SCOPE.company, time_zone: "Europe/Berlin", role: "buyer" };
const me = { uid: "anna", name: "Anna", language: "en", companies: [company], brand_role: null };

function Page() {
  const { isError } = useQuery(meQuery());
  return <input aria-label="Pieces" placeholder={isError ? "Asked in vain" : ""} />;
}

test("who is known stays at work though asking who that is fails later", async () => {
  const answers = [me, new Response(null, { status: 503 })];
  answering({
    "/v1/accounts/me": () => answers.shift(),
    "/v1/accounts/company": company,
    "/v1/accounts/company/doors": { items: [], next: null },
  });
  begin({ id: "", refresh: "r", expires: Infinity });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  show(
    <QueryClientProvider client={client}>
      <SessionGate>
        <Page />
      </SessionGate>
    </QueryClientProvider>,
  );
  const entered = await screen.findByLabelText("Pieces");
  await act(() => client.refetchQueries(meQuery()));
  expect(await screen.findByPlaceholderText("Asked in vain")).toBe(entered);
});
