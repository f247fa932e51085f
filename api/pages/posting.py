"""How a form without files comes in: never from another site, and no more fields than it has."""

from __future__ import annotations

from fastapi import Request

from api.pages import failures


async def posted(request: Request, *, most: int) -> list[tuple[str, str]]:
    """The texts that were typed, in their order; a name may come several times. `most`: fields that are read.

    Raises `CrossSite` for a form that another site sent, HTTPException 400 for one with more fields or with files.
    """
    failures.refuse_cross_site(request)
    sent = await request.form(max_files=0, max_fields=most)
    return [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
