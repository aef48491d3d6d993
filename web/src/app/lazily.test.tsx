import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Component, type ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { lazily } from "@/app/lazily";
import { show } from "@/testing/render";

class Boundary extends Component<{ children: ReactNode }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override render() {
    if (!this.state.failed) return this.props.children;
    return <button onClick={() => this.setState({ failed: false })}>again</button>;
  }
}

test("a page that could not be loaded is loaded when it is tried again", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  const load = vi.fn(async () => () => <p>page</p>);
  load.mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module: /x.js"));
  const Page = lazily(load);
  show(
    <Boundary>
      <Page />
    </Boundary>,
  );
  await userEvent.click(await screen.findByText("again"));
  expect(await screen.findByText("page")).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(2);
});

test("a page that is loaded ahead is there at once", async () => {
  const Page = lazily(async () => () => <p>page</p>);
  await Page.preload();
  show(<Page />);
  expect(screen.getByText("page")).toBeTruthy();
});
