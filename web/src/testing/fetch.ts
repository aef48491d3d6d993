import { vi } from "vitest";

/** Answers all that is fetched with what `answer` makes of it; what it throws cuts the network. */
export function stubFetch(answer: (request: Request) => Response | Promise<Response>): void {
  vi.stubGlobal("fetch", async (what: string | Request, init?: RequestInit) =>
    answer(new Request(what, init)),
  );
}

/** The path that a request asks for, with its query. */
export const pathOf = ({ url }: Request) => url.slice(location.origin.length);
