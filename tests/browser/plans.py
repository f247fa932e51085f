"""Plans of any size beside that of the demonstration, written by a tool through the bulk door."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

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


def sheet_id(number: int) -> Any:
    """The id of the sheet of a rank: the same in each plan that is told."""
    return uuid5(NAMESPACE_URL, f"fiche-{number}")


def drafted(number: int) -> Iterator[dict[str, Any]]:
    """So many sheets: some that should have ended, most that run, some that begin later."""
    for at, priority, title, owner in zip(range(number), cycle(PRIORITIES), cycle(TITLES), cycle(OWNERS), strict=False):
        starts_on = date(2025, 3, 1) + timedelta(days=37 * at % 420)
        lasts = 200 if at % 8 == 0 else 400 + 61 * at % 900
        if at % 9 == 4:
            starts_on += timedelta(days=500)
        yield {
            "command": "draft-action-sheet",
            "stream_id": str(sheet_id(at)),
            "body": {
                "occurred_on": "2026-01-20",
                "convention_id": str(VAL_DE_GERS),
                "home_territory_id": str(territory_stream(SIREN)),
                "owner_id": str(partner_of(owner)),
                "priority_id": local_id(priority),
                "title": f"{title}, numéro {at + 1}",
                "starts_on": starts_on.isoformat(),
                "ends_on": min(starts_on + timedelta(days=lasts), date(2029, 12, 31)).isoformat(),
            },
        }


def tell_plan(browser: Browser, site: Site, file: Path, number: int) -> None:
    """So many sheets beside the four of the demonstration, under its three priorities."""
    env = {**os.environ, "CTG_DATABASE_URL": f"sqlite:///{file}"}
    words = ["key", "issue", "Un tableur", "--role", "PILOT", "--territory", SIREN]
    issued = subprocess.run([*CTG, *words], env=env, text=True, check=True, capture_output=True).stdout
    lines = list(drafted(number))
    context = browser.new_context()
    answer = context.request.post(
        site.at("/api/v1/bulk"),
        data={"lines": lines, "all_or_nothing": True},
        headers={"Authorization": f"Bearer {issued.split()[-1]}", "Idempotency-Key": "plan"},
        timeout=0,
    )
    assert answer.json()["recorded"] == len(lines), answer.text()
    context.close()
