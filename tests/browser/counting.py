"""A hand whose work is counted: acts recorded, fields filled, pages seen. The hand itself is the one of the journey."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, Request

from tests.browser.hands import Hand

LEADS_ON = "one => one.type === 'submit' || (one.tagName === 'A' && !one.getAttribute('href').startsWith('#'))"
"""What is pressed to see another page."""


class Counted:
    """What it costs a person to get something done in the pages alone."""

    def __init__(self, hand: Hand) -> None:
        self.hand, self.page = hand, hand.page
        self.presses = self.fields = self.views = self.acts = 0
        self.page.on("framenavigated", self._seen)
        self.page.on("request", self._sent)

    def _seen(self, frame: Frame) -> None:
        self.views += frame == self.page.main_frame

    def _sent(self, request: Request) -> None:
        """A form that was sent, be it only weighed or given one more line."""
        self.acts += request.method == "POST" and request.is_navigation_request()

    def restart(self) -> None:
        """Count from here."""
        self.presses = self.fields = self.views = self.acts = 0

    def press(self, target: Locator) -> None:
        """Follow a link or press a button."""
        self.presses += 1
        if target.evaluate(LEADS_ON):
            with self.page.expect_navigation():
                self.hand.press(target)
        else:
            self.hand.press(target)

    def write(self, target: Locator, text: str) -> None:
        """Fill a field; a day is given as a browser keeps it."""
        self.fields += 1
        self.hand.write(target, text)

    def tick(self, target: Locator) -> None:
        """Tick a box."""
        self.fields += 1
        self.hand.tick(target)

    def untick(self, target: Locator) -> None:
        """Take a tick away."""
        self.fields += 1
        self.hand.untick(target)

    def choose(self, target: Locator, option: str) -> None:
        """Choose an option."""
        self.fields += 1
        self.hand.choose(target, option)

    def join(self, target: Locator, name: str, data: bytes) -> None:
        """Join a file."""
        self.fields += 1
        target.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": data})

    def told(self) -> str:
        """The counts, to be shown."""
        return f"{self.acts} acts, {self.fields} fields, {self.views} pages seen, {self.presses} presses"
