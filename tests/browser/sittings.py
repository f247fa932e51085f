"""A committee of 25 seats that meets on the day of the demonstration, told by a tool through the bulk door."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser

from ctg_engine.demo.references import CAF, partner_of
from domain.territories import territory_stream
from domain.values import deterministic_id, local_id
from tests.browser.site import CTG, SHOWN, Site

SIREN = SHOWN["valdegers"].rpartition("/")[2]
BODY: UUID = deterministic_id("seance", "comite")
MEETING = local_id("seance-du-jour")
TODAY = "2026-06-15"
SEATS = 25
AGENDA = (
    "Compte rendu de la réunion de mars",
    "Reporter de six mois l’ouverture de la maison d’assistantes maternelles",
    "Argent des fiches 1.3 et 3.2",
    "Suite des décisions passées",
    "Prochain comité",
)
HERE = f"{SHOWN['valdegers']}/reunions/{MEETING}"


def _told(planned_on: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield (
        "constitute-steering-body",
        {
            "kind": "COPIL",
            "name": "Comité de suivi",
            "home_territory_id": str(territory_stream(SIREN)),
            "occurred_on": "2026-01-05",
        },
    )
    for number in range(SEATS):
        college = "ELECTED" if number < 14 else "TECHNICAL" if number < 20 else "USERS"
        yield (
            "give-steering-seat",
            {
                "seat_id": local_id(f"siege-{number}"),
                "partner_id": str(partner_of(CAF if college == "TECHNICAL" else SIREN)),
                "seat_role": "CHAIR" if not number else "MEMBER",
                "college": college,
                "occurred_on": "2026-01-05",
            },
        )
    yield "change-steering-rules", {"quorum": "HALF", "rhythm_months": 4, "occurred_on": "2026-01-05"}
    yield (
        "plan-meeting",
        {"meeting_id": MEETING, "planned_on": planned_on, "starts_at": "18:00", "place": "Masseube, salle des fêtes"},
    )


def _convened() -> Iterator[tuple[str, dict[str, Any]]]:
    agenda = [{"item_id": f"p{number}", "text": text} for number, text in enumerate(AGENDA, 1)]
    yield "convene-meeting", {"meeting_id": MEETING, "agenda": agenda, "occurred_on": "2026-05-20"}


def tell_sitting(browser: Browser, site: Site, file: Path, *, planned_on: str = TODAY, convened: bool = True) -> None:
    """The committee, its seats and its meeting; `convened` with the agenda above."""
    env = {**os.environ, "CTG_DATABASE_URL": f"sqlite:///{file}"}
    words = ["key", "issue", "Un tableur", "--role", "PILOT", "--territory", SIREN]
    issued = subprocess.run([*CTG, *words], env=env, text=True, check=True, capture_output=True).stdout
    acts = [*_told(planned_on), *(_convened() if convened else ())]
    lines = [{"command": name, "stream_id": str(BODY), "body": body} for name, body in acts]
    context = browser.new_context()
    answer = context.request.post(
        site.at("/api/v1/bulk"),
        data={"lines": lines, "all_or_nothing": True},
        headers={"Authorization": f"Bearer {issued.split()[-1]}", "Idempotency-Key": "seance"},
        timeout=0,
    )
    assert answer.json().get("recorded") == len(lines), [one for one in answer.json()["lines"] if one["errors"]][:3]
    context.close()
