"""Two ways to use a page: with the mouse, and with the keyboard alone."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 400
"""A page on which more is needed to reach something cannot be used with a keyboard."""


class Hand(Protocol):
    """What a visitor does, named after what they see."""

    page: Page

    def press(self, target: Locator) -> None:
        """Follow a link or press a button."""

    def write(self, target: Locator, text: str) -> None:
        """Type in a field."""

    def tick(self, target: Locator) -> None:
        """Tick a box."""

    def untick(self, target: Locator) -> None:
        """Take a tick away."""

    def choose(self, target: Locator, option: str) -> None:
        """Choose the option whose words begin so."""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Click."""
        target.click()

    def write(self, target: Locator, text: str) -> None:
        """Click in the field and type."""
        target.click()
        target.fill(text)

    def tick(self, target: Locator) -> None:
        """Click the box."""
        target.check()

    def untick(self, target: Locator) -> None:
        """Click the box."""
        target.uncheck()

    def choose(self, target: Locator, option: str) -> None:
        """Open the list and pick."""
        target.select_option(label=_label(target, option))


class Keyboard:
    """Tab, Enter, the space bar, arrows and letters; never a click."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Tab to it, then Enter."""
        self.key(target, "Enter")

    def key(self, target: Locator, key: str) -> None:
        """Tab to it, then a key."""
        self._reach(target)
        self.page.keyboard.press(key)

    def write(self, target: Locator, text: str) -> None:
        """Tab to the field and type over what it holds; a day in the order in which the browser asks for it."""
        self._reach(target)
        if target.get_attribute("type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
            assert target.input_value() == text
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)

    def tick(self, target: Locator) -> None:
        """Tab to the box, then the space bar."""
        self._reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def untick(self, target: Locator) -> None:
        """Tab to the box, then the space bar."""
        self.key(target, "Space")
        assert not target.is_checked()

    def choose(self, target: Locator, option: str) -> None:
        """Tab to the list, then down to the option."""
        wanted = _label(target, option)
        self._reach(target)
        for _ in range(target.locator("option").count()):
            if target.locator("option:checked").inner_text() == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no way down to {wanted!r}")

    def _reach(self, target: Locator) -> None:
        target.wait_for()
        for _ in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                assert self._focus_is_seen(target), f"nothing shows that {target} has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached with {MOST_TABS} tabs")

    def _focus_is_seen(self, target: Locator) -> bool:
        width = target.evaluate("element => parseFloat(getComputedStyle(element).outlineWidth)")
        style = target.evaluate("element => getComputedStyle(element).outlineStyle")
        return style != "none" and float(width) >= 2


def _label(target: Locator, beginning: str) -> str:
    """The whole words of the option that begins so, or holds them."""
    labels = target.locator("option").all_inner_texts()
    found = [label for label in labels if beginning in label]
    assert found, f"{beginning!r} is not among {labels}"
    return found[0]


def in_force(page: Page) -> None:
    """The engine puts the convention in force within seconds: read « Aujourd’hui » again until it says so."""
    step = page.locator(".tile").filter(has_text="Étape")
    for _ in range(40):
        if "En vigueur" in step.inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(step).to_contain_text("En vigueur")
