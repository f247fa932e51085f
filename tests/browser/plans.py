"""Plans of any size beside that of the demonstration, written by a tool through the bulk door."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from playwright.sync_api import Browser

from ctg_engine.demo.references import CAF, partner_of
from domain.territories import territory_stream
from domain.values import local_id
from tests.browser.site import CTG, SHOWN, VAL_DE_GERS, Site

SIREN = SHOWN["valdegers"].rpartition("/")[2]
PRIORITIES = ("mobilite", "accueil", "repit")
OWNERS = (SIREN, SIREN, CAF)
TITLES = (
    "Le relais du samedi",
    "Une halte pour les aidants, le week-end compris",
    "Navette vers le marché",
    "Former les assistantes maternelles du bassin",
    "Café des parents",
)


def sheet_id(number: int) -> UUID:
    """The id of the sheet of a rank: the same in each plan that is told."""
    return uuid5(NAMESPACE_URL, f"fiche-{number}")


AT_ONCE = 200
"""Acts that the door takes at once."""
TODAY = date(2026, 6, 15)
"""The day of the demonstration."""


def told(number: int) -> Iterator[dict[str, Any]]:
    """So many sheets, numbered under their priorities: most run as they should, some are late, silent, behind, done,
    without owner or dates, or begin later; and what was reported of each."""
    for at, priority, title, owner in zip(range(number), cycle(PRIORITIES), cycle(TITLES), cycle(OWNERS), strict=False):
        yield from _told(at, local_id(priority), f"{title}, numéro {at + 1}", str(partner_of(owner)))
        yield from _funded(at)
    for rank, _ in enumerate(PRIORITIES[:number]):
        yield from _measured(rank, number)


def _funded(at: int) -> Iterator[dict[str, Any]]:
    """Most have money of two partners; every seventh has none."""
    if at % 7 == 6:
        return
    yield _line("estimate-budget", sheet_id(at), "2026-01-20", budget=[{"year": 2026, "amount_cents": 2_400_000}])
    for year, partner, certainty in ((2026, SIREN, "PAID"), (2026, CAF, "FIRM"), (2027, CAF, "PROMISED")):
        yield _line(
            "pledge-funding",
            sheet_id(at),
            "2026-01-20",
            line_id=f"{certainty[:1].lower()}{year % 100}",
            partner_id=str(partner_of(partner)),
            year=year,
            amount_cents=(400_000 + 150_000 * (at % 5)) * (2 if at % 3 == 1 else 1),
            certainty=certainty,
        )


def _measured(rank: int, number: int) -> Iterator[dict[str, Any]]:
    """Two indicators for the sheets of a priority, but for the last of them: one measured, and one not."""
    sheets = [str(sheet_id(at)) for at in range(rank, number, len(PRIORITIES))]
    for which, own in enumerate((sheets[: len(sheets) * 2 // 3 + 1], sheets[:1])):
        one = uuid5(NAMESPACE_URL, f"indicateur-{rank}-{which}")
        yield _line(
            "define-indicator",
            one,
            "2026-02-01",
            convention_id=str(VAL_DE_GERS),
            home_territory_id=str(territory_stream(SIREN)),
            title=f"Familles accueillies le samedi ({rank + 1}{'ab'[which]})",
            unit="NUMBER",
            counts_persons=False,
            kind="RESULT",
            direction="UP",
            owner_id=str(partner_of(SIREN)),
            frequency="YEARLY",
            baseline_value=20,
            baseline_on="2025-12-31",
            targets=[{"year": 2026, "value": 40}],
            sheet_ids=own,
        )
        if not which:
            yield _line("record-measure", one, "2026-05-31", measure_id="m1", value=45 if rank else 30)


def _told(at: int, priority_id: str, title: str, owner_id: str) -> Iterator[dict[str, Any]]:
    starts_on = date(2025, 3, 1) + timedelta(days=37 * at % 420)
    ends_on = starts_on + timedelta(days=200 if at % 12 == 0 else 500 + 61 * at % 800)
    later = at % 9 == 4
    if later:
        starts_on, ends_on = starts_on + timedelta(days=600), ends_on + timedelta(days=600)
    one = sheet_id(at)
    yield _line(
        "draft-action-sheet",
        one,
        "2026-01-20",
        convention_id=str(VAL_DE_GERS),
        home_territory_id=str(territory_stream(SIREN)),
        owner_id=owner_id,
        priority_id=priority_id,
        title=title,
        starts_on=starts_on.isoformat(),
        ends_on=min(ends_on, date(2029, 12, 31)).isoformat(),
    )
    number = f"{1 + at % len(PRIORITIES)}.{1 + at // len(PRIORITIES)}"
    yield _line("describe-action-sheet", one, "2026-01-20", number=number, public="Familles du territoire")
    if later or starts_on > TODAY:
        return
    if at % 11 == 7:
        yield _line("complete-action", one, "2026-05-20")
        return
    heard = "2026-01-25" if at % 10 == 3 else "2026-06-01"
    passed = round(100 * (TODAY - starts_on).days / max((ends_on - starts_on).days, 1))
    done = max(min(passed, 100) - (25 if at % 13 == 5 else 3), 0)
    yield _line("report-action-status", one, heard, status="RUNNING", progress_percent=done)


def _line(command: str, stream_id: UUID, on: str, **body: Any) -> dict[str, Any]:
    return {"command": command, "stream_id": str(stream_id), "body": {"occurred_on": on, **body}}


def tell_plan(browser: Browser, site: Site, file: Path, number: int) -> None:
    """So many sheets beside the ten of the demonstration, under its three priorities."""
    env = {**os.environ, "CTG_DATABASE_URL": f"sqlite:///{file}"}
    words = ["key", "issue", "Un tableur", "--role", "PILOT", "--territory", SIREN]
    issued = subprocess.run([*CTG, *words], env=env, text=True, check=True, capture_output=True).stdout
    lines = list(told(number))
    context = browser.new_context()
    for first in range(0, len(lines), AT_ONCE):
        some = lines[first : first + AT_ONCE]
        answer = context.request.post(
            site.at("/api/v1/bulk"),
            data={"lines": some, "all_or_nothing": True},
            headers={"Authorization": f"Bearer {issued.split()[-1]}", "Idempotency-Key": f"plan-{first}"},
            timeout=0,
        )
        assert answer.json().get("recorded") == len(some), [one for one in answer.json()["lines"] if one["errors"]][:3]
    context.close()
