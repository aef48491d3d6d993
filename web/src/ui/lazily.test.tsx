import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Component, type ComponentType, type ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { lazily, loadAgain } from "@/ui/lazily";
import { show } from "@/testing/render";

class Boundary extends Component<{ children: ReactNode }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override render() {
    if (!this.state.failed) return this.props.children;
    return <button onClick={() => this.setState({ failed: false })}>again</button>;
  }
}

function page(load: () => Promise<ComponentType>) {
  vi.spyOn(console, "error").mockReturnValue();
  const Page = lazily(load);
  show(
    <Boundary>
      <Page />
    </Boundary>,
  );
}

test("a page that could not be loaded is loaded when it is shown again", async () => {
  const load = vi.fn(async () => () => <p>page</p>);
  load.mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module: /x.js"));
  page(load);
  await userEvent.click(await screen.findByText("again"));
  expect(await screen.findByText("page")).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(2);
});

test("nothing is asked for while there is no network", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValueOnce(false);
  const load = vi.fn(async () => () => <p>page</p>);
  page(load);
  await screen.findByText("again");
  expect(load).not.toHaveBeenCalled();
});

test("the portal is loaded anew only where it can be reached", async () => {
  const reload = vi.fn();
  const fetched = vi.fn().mockRejectedValueOnce(new TypeError("Failed to fetch"));
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("fetch", fetched);
  await loadAgain();
  expect(reload).not.toHaveBeenCalled();
  fetched.mockResolvedValueOnce(new Response("<!doctype html>"));
  await loadAgain();
  expect(reload).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

test("a page that is loaded ahead is there at once", async () => {
  const Page = lazily(async () => () => <p>page</p>);
  await Page.preload();
  show(<Page />);
  expect(screen.getByText("page")).toBeTruthy();
});
