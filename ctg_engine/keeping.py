"""What the health of an instance says of what is kept, and of what was forgotten."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ctg_engine import forgotten_list
from ctg_engine.bootstrap import House
from ctg_engine.findings import Finding, failed, ok, warning
from workflows.instants import PARIS


def look_at_kept(house: House) -> Iterator[Finding]:
    """What only helps and is kept for a time: how much, since when, and whether the cleaning is behind."""
    for one in house.retention.kept(house.engine, house.clock.now()):
        oldest = "–" if one.oldest is None else one.oldest.astimezone(PARIS).date().isoformat()
        overdue = one.overdue and not house.is_demonstration
        look = warning if overdue else ok
        shown = {"count": str(one.count), "oldest": oldest, "days": str(one.days)}
        yield look("kept", f"{one.kind}-overdue" if overdue else one.kind, **shown)
    ended = house.sessions.count_ended(house.clock.now())
    yield ok("kept", "sessions", count=str(ended))
    yield ok("kept", "links", count=str(house.links.count_ended(house.clock.now())))


def look_at_reactions(house: House) -> Iterator[Finding]:
    """What the engine could not record by itself: it is kept until it is done, however long."""
    count, oldest = house.reactions().stuck.since_when()
    if oldest is None:
        yield ok("reactions")
    else:
        yield warning("reactions", "stuck", count=str(count), since=oldest.astimezone(PARIS).date().isoformat())


def look_at_files(house: House) -> Iterator[Finding]:
    """Whether the files kept as evidence are there and unchanged: all of them are read."""
    found, folder = house.files.health(), house.settings.evidence_folder
    shown = {"path": str(folder), "count": str(found.kept), "megabytes": str(-(-found.bytes >> 20))}
    if found.lost:
        yield failed("files", "lost", **shown, lost=str(found.lost))
    else:
        yield ok("files", **shown)
    around = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if _writes_the_store(house) and not (around.is_dir() and os.access(around, os.W_OK | os.X_OK)):
        yield failed("files", "unwritable", path=str(folder))


def _writes_the_store(house: House) -> bool:
    """Whether the account that looks is one that keeps files: one that may read only finds no fault in that."""
    path = house.settings.sqlite_path
    return path is None or os.access(path.absolute().parent, os.W_OK)


def look_at_forgotten(house: House) -> Iterator[Finding]:
    """What was forgotten, whether it stays so, and whether the list of it would outlive the store."""
    known = house.forgetting.listed()
    if returned := house.forgetting.returned():
        yield failed("forgotten", "returned", count=str(returned))
    missing = forgotten_list.missing(house.settings, known)
    if missing is not None:
        yield warning("forgotten", "not-written", count=str(missing), file=house.settings.forgotten_list)
    elif known and not house.settings.forgotten_list:
        yield warning("forgotten", "only-here", count=str(len(known)))
    elif not returned:
        yield ok("forgotten", count=str(len(known)))
