"""The portal by keys alone: Tab leads everywhere, and one always sees where one is."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

_FURTHEST = 250  # presses of Tab from one end of the longest page to the other

# What has the focus, unless it shows that well: with an outline of its own or of what it
# stands for, and not behind what sticks to the window's edges.
_UNSEEN = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused.tabIndex < 0) return null;
    // The button within a date is the browser's own, and shows its focus itself.
    if (!focused.matches(":focus")) return null;
    const outlined = (element) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
            && !/, 0\\)|transparent/.test(outlineColor);
    };
    const told = `${focused.localName} ${focused.ariaLabel ?? focused.textContent.slice(0, 40)}`;
    let shown = focused;
    while (shown && !outlined(shown)) shown = shown.parentElement;
    if (!shown || shown === document.body) return `no focus to be seen: ${told}`;
    const box = shown.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (!box.width || !box.height) return `focus without a place: ${told}`;
    if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth)
        return `focus out of sight: ${told}`;
    const top = document.elementFromPoint(x, y);
    const covered = top && !shown.contains(top) && !top.contains(shown);
    return covered && box.height < innerHeight ? `focus behind ${top.className}: ${told}` : null;
}"""


@dataclass(frozen=True)
class Keys:
    """Hands that have no mouse."""

    page: Page

    def press(self, *keys: str) -> None:
        """Fails where the focus can't be seen after one of them."""
        for key in keys:
            self.page.keyboard.press(key)
            unseen = self.page.evaluate(_UNSEEN)
            assert unseen is None, f"after {key}: {unseen}"

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def to(self, target: Locator, key: str = "Tab") -> None:
        """Goes on until the target has the focus."""
        expect(target).to_be_visible()
        for _ in range(_FURTHEST):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{key} does not lead to {target}")

    def use(self, target: Locator, key: str = "Enter") -> None:
        """Goes there and presses it."""
        self.to(target)
        self.page.keyboard.press(key)

    def fill(self, target: Locator, text: str) -> None:
        self.to(target)
        self.press("ControlOrMeta+A")
        self.type(text)

    def choose(self, target: Locator, option: str) -> None:
        """One of a list's options, by the arrow keys."""
        self.to(target)
        wanted = target.get_by_role("option", name=option, exact=True).evaluate("(o) => o.index")
        here = target.evaluate("(list) => list.selectedIndex")
        self.press(*["ArrowDown" if wanted > here else "ArrowUp"] * abs(wanted - here))

    def pick(self, target: Locator) -> None:
        """One of several radio buttons, by the arrow keys."""
        group = self.page.locator(":focus")
        for _ in range(_FURTHEST):
            if group.get_attribute("type") == "radio":
                break
            self.press("Tab")
        while not target.is_checked():
            self.press("ArrowRight")
