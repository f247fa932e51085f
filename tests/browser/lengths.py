"""How long a page is: two screens on a desk and four on a telephone, at most."""

from __future__ import annotations

from playwright.sync_api import Page

DESK, TELEPHONE = (1280, 900), (390, 844)
SCREENS = ((DESK, 2), (TELEPHONE, 4))


def too_long(page: Page) -> list[str]:
    """The widths at which the page shown passes its screens; the page is left as on a desk."""
    found = []
    for (width, height), most in reversed(SCREENS):
        page.set_viewport_size({"width": width, "height": height})
        screens = page.evaluate("document.documentElement.scrollHeight") / height
        if screens > most:
            found.append(f"{page.url} at {width} px: {screens:.1f} screens")
    return found
