"""One convention as 26 facts of plain values: the opening, five milestones, twenty forums.

Each carries what an event of ours carries: who, in what role, why, when, on which evidence. All that is told by a peer
or by the bare driver is made of them; ours tells the same convention through its own commands.
"""

import uuid
from typing import Any

Fact = tuple[str, dict[str, Any]]
"""What happened, and what is known of it."""

FORUMS = 20
MILESTONES = ("engaged", "diagnosed", "chosen", "drafted", "planned")
"""In their order; the forums are held after the diagnosis."""

_GRID = [[expertise, side] for expertise in ("TECHNICAL", "POLITICAL", "USAGE") for side in ("OFFER", "DEMAND")]


def convention() -> list[Fact]:
    """The facts of a new convention, in their order."""
    actor, territory, body = (str(uuid.uuid4()) for _ in range(3))

    def about(day: str, **known: Any) -> dict[str, Any]:
        return {
            "event_id": str(uuid.uuid4()),
            "actor_id": actor,
            "role": "PILOT",
            "on_behalf_of": None,
            "reason": "relevé de décisions du comité de pilotage",
            "origin": "person",
            "occurred_on": day,
            "recorded_at": "2026-06-01T07:00:00.000000+00:00",
            "correlation_id": str(uuid.uuid4()),
            "causation_id": None,
            "evidence": [],
            "irregularities": [],
            "waivers": [],
            **known,
        }

    decision = {"body_id": body, "meeting_id": "m1", "decision_id": "d1"}
    signatories = [{"partner_id": str(uuid.uuid4()), "kind": kind, "required": True} for kind in ("CAF", "EPCI")]
    opening = about("2024-01-05", territory_id=territory, signatories=signatories, effective_from="2025-01-01")
    finding = {"finding_id": "f1", "theme": "PARENTING", "kind": "CONSTRAINT", "text": "Peu de lieux d'accueil"}
    told: list[Fact] = [
        ("opened", opening),
        ("engaged", about("2024-01-15", partners=[signatories[0]["partner_id"]])),
        ("diagnosed", about("2024-05-14", findings=[finding])),
    ]
    for number in range(FORUMS):
        told.append(
            (
                "forum-held",
                about(
                    f"2024-06-{number + 1:02d}",
                    forum_id=f"fo{number}",
                    themes=["PARENTING"],
                    attendance={"technical": 9, "political": 4, "usage": 6},
                    cells_covered=_GRID,
                    place="Salle des fêtes",
                ),
            )
        )
    priority = {"priority_id": "p1", "title": "Soutenir les parents", "theme": "PARENTING", "rank": 1}
    sheet = {"sheet_id": str(uuid.uuid4()), "title": "Navette des parents", "starts_on": "2025-01-01"}
    told.append(("chosen", about("2024-07-02", findings=["f1"], decided_in=decision, **priority)))
    told.append(("drafted", about("2024-07-03", **sheet)))
    told.append(("planned", about("2024-09-10", sheets=[sheet["sheet_id"]], decided_in=decision, text_sha256="a" * 64)))
    return told


def conventions(number: int) -> list[list[Fact]]:
    """That many new ones."""
    return [convention() for _ in range(number)]
