"""What people do: each step sends one command."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pytest_bdd import parsers, step

from domain.action_sheets.drafting import DraftActionSheet
from domain.convention.activating import ActivateConvention
from domain.convention.authorising import RecordMandate
from domain.convention.closing import CloseConvention
from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.convention.forums import ConveneForum, RecordForum
from domain.convention.opening import RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.reviews import ActionStatus, RecordReview
from domain.convention.saying_no import RecordMandateRefusal, RecordMandateWithdrawal
from domain.convention.signatories import ChangeSignatory
from domain.convention.signing import RecordSignature
from domain.convention.waivers import GrantWaiver
from domain.convention.withdrawing import WithdrawPriority
from domain.values import (
    Attendance,
    Cell,
    Code,
    Evidence,
    Expertise,
    LocalId,
    Prose,
    Sha256,
    deterministic_id,
    local_id,
)
from tests.plans import completed
from tests.specification import french
from tests.specification.french import DAY, HOUR
from tests.specification.steps_setting import foreign_convention, on
from tests.specification.steps_themes import themes_of
from tests.specification.world import ARRIVED, MANDATES, PARTNER, PARTNER_KINDS, World, communes_of, text_of

RUNNING = Code("RUNNING")
ON = rf"(?: le (?P<day>{DAY}))?"
DUTIES = {
    "tenir les forums après le diagnostic": Code("R04"),
    "citer les constats du diagnostic": Code("R05"),
    "croiser le thème en forum": Code("R06"),
    "obtenir un mandat avant de signer": Code("R13"),
    "compléter le plan": Code("R11"),
    "traiter les thèmes de la circulaire": Code("R12"),
    "dire l'état de chaque action au bilan": Code("R21"),
    "avoir un bilan complet": Code("R21"),
    "faire le bilan final avant de renouveler": Code("R27"),
}
"""The rules that scenarios ask a committee to set aside, as they are said."""


def paper(title: str) -> Evidence:
    """A document of that title."""
    return Evidence(deterministic_id("document", title), Sha256(text_of(title)), Prose(title))


def all_running(world: World) -> tuple[ActionStatus, ...]:
    """What a complete review says of the actions of the plan."""
    return tuple(ActionStatus(one, RUNNING) for one in world.planned)


@step(parsers.re(rf"le diagnostic est partagé{ON}, avec (?:un constat|des constats) sur (?P<themes>.+)"))
def share_diagnosis(world: World, day: str | None, themes: str) -> None:
    """A diagnosis that finds something on each of these themes."""
    world.act(
        RecordSharedDiagnosis(
            stream_id=world.convention,
            occurred_on=on(day),
            findings=tuple(
                Finding(finding_on(theme), theme, Code("CONSTRAINT"), Prose("Il en manque."))
                for theme in themes_of(themes)
            ),
        )
    )


@step(parsers.re(r"le constat sur (?P<first>.+) est partagé de nouveau, sur (?P<again>.+)"))
def _shared_again(world: World, first: str, again: str) -> None:
    one = Finding(
        finding_on(french.code("theme", first)), french.code("theme", again), Code("CONSTRAINT"), Prose("Il en manque.")
    )
    world.act(RecordSharedDiagnosis(stream_id=world.convention, findings=(one,)))


def finding_on(theme: str) -> LocalId:
    """The finding of a diagnosis on a theme."""
    return local_id(f"constat-{theme.lower()}")


@step(
    parsers.re(
        r"un forum sur (?P<themes>.+) réunit (?P<technical>\d+) professionnels?, (?P<political>\d+) élus? "
        rf"et (?P<usage>\d+) habitants? sur (?P<sides>l'offre|la demande|l'offre et la demande){ON}"
    )
)
def hold_forum(
    world: World, themes: str, technical: str, political: str, usage: str, sides: str, day: str | None
) -> None:
    """A forum with so many people of each kind."""
    counts = Attendance(int(technical), int(political), int(usage))
    world.forums += 1
    world.act(
        RecordForum(
            stream_id=world.convention,
            forum_id=local_id(f"forum-{world.forums}"),
            occurred_on=on(day),
            themes=themes_of(themes),
            attendance_by_expertise=counts,
            cells_covered=tuple(Cell(one, side) for one in Expertise if counts.of(one) for side in french.sides(sides)),
        )
    )


@step(parsers.re(rf"un (?P<another>autre )?forum sur (?P<themes>[^,]+?) est annoncé pour le (?P<day>{DAY})"))
def _convened(world: World, another: str | None, themes: str, day: str) -> None:
    world.forums += another is not None
    world.act(
        ConveneForum(
            stream_id=world.convention,
            forum_id=local_id(f"forum-{world.forums + 1}"),  # the next one that is held
            themes=themes_of(themes),
            planned_on=french.day(day),
        )
    )


@step(
    parsers.re(
        r"la priorité « (?P<title>[^»]+) » est choisie sur (?P<themes>.+?)"
        r"(?:, (?P<cited>sans citer de constat|en citant un constat d'ailleurs))?"
        r"(?P<undecided>, sans décision connue)?"
        rf"(?:, au rang (?P<rank>\d+))?(?:, le (?P<day>{DAY}))?"
    )
)
def choose_priority(
    world: World,
    title: str,
    themes: str,
    cited: str | None,
    rank: str | None,
    day: str | None,
    undecided: str | None,
) -> None:
    """A priority on these themes."""
    about = themes_of(themes)
    findings = {
        None: (finding_on(about[0]),),
        "sans citer de constat": (),
        "en citant un constat d'ailleurs": (local_id("constat-d-ailleurs"),),
    }[cited]
    world.act(
        ChoosePriority(
            stream_id=world.convention,
            priority_id=local_id(french.slug(title)),
            title=Prose(title),
            themes=about,
            findings=findings,
            decided_in=None if undecided else world.decided_in,
            rank=int(rank) if rank else None,
            occurred_on=on(day),
        )
    )


@step(parsers.parse("la priorité « {title} » est retirée"))
def _withdrawn(world: World, title: str) -> None:
    world.act(
        WithdrawPriority(
            stream_id=world.convention,
            priority_id=local_id(french.slug(title)),
            motive=Prose("Le besoin n'est plus là."),
            decided_in=world.decided_in,
        )
    )


@step(parsers.parse("la fiche action « {title} » est rédigée pour la priorité « {priority} »"))
def draft_sheet(world: World, title: str, priority: str) -> None:
    """An action sheet of a priority."""
    world.act(
        DraftActionSheet(
            stream_id=world.sheet(title),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            priority_id=local_id(french.slug(priority)),
            title=Prose(title),
            owner_id=world.partner("l'intercommunalité"),
            starts_on=date(2025, 1, 1),
            ends_on=date(2026, 12, 31),
        )
    )


@step(
    parsers.re(
        r"le plan d'actions est validé avec (?:la fiche|les fiches) (?P<sheets>« .+ »)"
        r", sur le texte « (?P<text>[^»]+) »"
        rf"(?:, le (?P<day>{DAY}))?(?:, (?P<without>sans promettre d'indicateur|sans rien dire des autres thèmes))?"
    )
)
def validate_plan(world: World, sheets: str, text: str, day: str | None, without: str | None) -> None:
    """The plan with these sheets; indicators are promised, and the other themes left aside, unless it is said not."""
    said = completed(on(day) or world.today)
    if without is not None:
        del said["indicators_promised_by" if "indicateur" in without else "excluded_themes"]
    world.planned = [world.sheet(one) for one in re.findall(r"« ([^»]+) »", sheets)]
    world.act(
        ValidateActionPlan(
            stream_id=world.convention,
            sheets=tuple(world.planned),
            text_sha256=Sha256(text_of(text)),
            decided_in=world.decided_in,
            occurred_on=on(day),
            **said,
        )
    )


@step(
    parsers.re(
        rf"{PARTNER} (?:délibère|décide de signer){ON}"
        rf"(?:, (?P<wrong>par un simple courrier))?(?:, exécutoire le (?P<executory>{DAY})(?: à (?P<hour>{HOUR}))?)?"
    )
)
def _mandate(
    world: World, partner: str, day: str | None, wrong: str | None, executory: str | None, hour: str | None
) -> None:
    world.act(
        RecordMandate(
            stream_id=world.convention,
            partner_id=world.partner(partner),
            kind=Code("AUTHORISED_REPRESENTATIVE") if wrong else MANDATES[PARTNER_KINDS[partner]],
            occurred_on=on(day),
            executory_on=on(executory),
            executory_at=french.hour(hour) if hour else None,
        )
    )


@step(
    parsers.re(
        rf"{PARTNER} refuse de signer{ON}"
        r"(?:, par (?P<against>\d+) voix contre (?P<infavour>\d+)(?: et (?P<abstentions>\d+) abstentions?)?)?"
        r"(?:, (?P<wrong>par un simple courrier))?"
    )
)
def _refusal(
    world: World,
    partner: str,
    day: str | None,
    against: str | None,
    infavour: str | None,
    abstentions: str | None,
    wrong: str | None,
) -> None:
    world.act(
        RecordMandateRefusal(
            stream_id=world.convention,
            partner_id=world.partner(partner),
            kind=Code("AUTHORISED_REPRESENTATIVE") if wrong else MANDATES[PARTNER_KINDS[partner]],
            votes_for=int(infavour) if infavour else None,
            votes_against=int(against) if against else None,
            abstentions=int(abstentions) if abstentions else None,
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"{PARTNER} retire son mandat{ON}"))
def _withdrawal(world: World, partner: str, day: str | None) -> None:
    world.act(
        RecordMandateWithdrawal(
            stream_id=world.convention,
            partner_id=world.partner(partner),
            motive=Prose("La majorité a changé."),
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"la signature (?:du |de (?=l'|la ))(?P<partner>.+?) devient « (?P<expectation>[^»]+) »{ON}"))
def _signatory(world: World, partner: str, expectation: str, day: str | None) -> None:
    named = partner if partner in PARTNER_KINDS else f"le {partner}"
    world.act(
        ChangeSignatory(
            stream_id=world.convention,
            partner_id=world.partner(named),
            expectation=french.code("signatory-expectation", expectation),
            motive=Prose("Le comité en a décidé ainsi."),
            decided_in=world.decided_in,
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"{PARTNER} signe le texte « (?P<text>[^»]+) »{ON}(?: à (?P<hour>{HOUR}))?"))
def _signature(world: World, partner: str, text: str, day: str | None, hour: str | None) -> None:
    world.act(
        RecordSignature(
            stream_id=world.convention,
            partner_id=world.partner(partner),
            text_sha256=Sha256(text_of(text)),
            occurred_on=on(day),
            signed_at=french.hour(hour) if hour else None,
        )
    )


@step(parsers.re(rf"la convention est mise en vigueur{ON}"))
def _activation(world: World, day: str | None) -> None:
    world.act(ActivateConvention(stream_id=world.convention, occurred_on=on(day)))


@step(parsers.re(rf"la convention est close{ON}(?P<undecided>, sans citer de décision)?"))
def _closing(world: World, day: str | None, undecided: str | None) -> None:
    world.act(
        CloseConvention(
            stream_id=world.convention,
            motive=Prose("Le territoire change de projet."),
            decided_in=None if undecided else world.decided_in,
            occurred_on=on(day),
        )
    )


@step(
    parsers.re(
        rf"le bilan annuel de (?P<year>\d{{4}}) est enregistré(?:, tenu le (?P<day>{DAY}))?"
        r"(?P<unsaid>, sans dire l'état des actions)?(?P<written>, avec son compte rendu)?"
    )
)
def _review(world: World, year: str, day: str | None, unsaid: str | None, written: str | None) -> None:
    if written:
        world.write_minutes()
    world.act(
        RecordReview(
            stream_id=world.convention,
            period_starts_on=date(int(year), 1, 1),
            period_ends_on=date(int(year), 12, 31),
            body_id=world.decided_in.body_id,
            meeting_id=world.decided_in.meeting_id,
            action_statuses=() if unsaid else all_running(world),
            occurred_on=on(day),
            users_heard=3,
        ),
        evidence=(paper("Compte rendu"),) if written else (),
    )


@step(
    parsers.re(
        rf"le comité de pilotage dispense (?:de |d')(?P<duty>{'|'.join(DUTIES)}) "
        rf"jusqu'au (?P<until>{DAY})(?: \((?P<only>.+)\))?"
    )
)
def _waiver(world: World, duty: str, until: str, only: str | None) -> None:
    world.act(
        GrantWaiver(
            stream_id=world.convention,
            rule=DUTIES[duty],
            subject=french.code("theme", only) if only else None,
            motive=Prose("Les habitants ont été entendus autrement."),
            decided_in=world.decided_in,
            expires_on=french.day(until),
        )
    )


@step(
    parsers.re(
        r"une (?:autre )?convention est ouverte(?: le (?P<day>" + DAY + r"))?, "
        rf"du (?P<starts>{DAY}) au (?P<ends>{DAY})(?P<how>, .+)?"
    )
)
def _opening(world: World, day: str | None, starts: str, ends: str, how: str | None) -> None:
    ways: dict[str | None, dict[str, Any]] = {
        None: {},
        ", à la suite de la première": {"successor_of": world.convention},
        ", sur une partie du périmètre de la première": {
            "communes": communes_of(1)[:1],
            "sub_perimeter_of": world.convention,
        },
        ", à la suite de celle de « Val de Save »": {"successor_of": foreign_convention("Val de Save")},
        ", sur une partie de celle de « Val de Save »": {"sub_perimeter_of": foreign_convention("Val de Save")},
        ", sur la commune arrivée": {"communes": (ARRIVED,)},
        ", sur les communes de « Val de Save »": {"communes": communes_of(2)},
    }
    world.act(
        world.opening(
            french.day(starts),
            french.day(ends),
            stream_id=deterministic_id("convention", "next", starts),
            occurred_on=on(day),
            **ways[how],
        )
    )


@step("la même demande est envoyée une seconde fois")
def _again(world: World) -> None:
    assert world.last_request is not None
    world.facts_before = world.door.facts()
    before = world.outcome
    assert world.send(world.last_request) == before, "the same request with the same key has the same answer"


@step("le pilote confirme l'engagement sans avoir relu le dossier")
def _stale(world: World) -> None:
    world.act(RecordEngagement(stream_id=world.convention), expected_version=world.version - 1)


@step("le pilote confirme l'engagement après avoir relu le dossier")
def _fresh(world: World) -> None:
    world.act(RecordEngagement(stream_id=world.convention), expected_version=world.version)
