"""Where a process of `ctg` begins."""

from __future__ import annotations

import gc


def app() -> None:
    """Import everything, then run what was typed.

    No garbage is looked for meanwhile: what is imported stays, and looking through all of it again and again took a
    seventh of the start.
    """
    gc.disable()
    from ctg_engine import cli

    gc.enable()
    cli.app()
