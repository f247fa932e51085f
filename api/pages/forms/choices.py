"""The choices of a form that depend on the case at hand: partners, findings, decisions, sheets of this convention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Choice, Phrase
from api.pages.forms.options import Options, named, words
from api.pages.forms.typed import SEPARATOR
from domain.calendar import review_periods
from domain.method import MethodProfile
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES
from projections import (
    what_the_committee_decided,
    what_the_plan_rests_on,
    where_conventions_stand,
    which_partners_and_places_are_known,
    which_signatures_are_missing,
)
from workflows.application import UnknownStream

CONSTITUTED_BY = ("COPIL",)
LONGEST_SHOWN = 90


def short(text: str | None, ask: Asking) -> str:
    """A free text for a list of choices, cut to one line."""
    if text is None:
        return ask.texts.t("page.erased")
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rsplit(" ", 1)[0] + "…"


def partners(ask: Asking) -> tuple[Choice, ...]:
    """Every institution of the register."""
    known = which_partners_and_places_are_known.partners(ask.connection, None)
    return named((str(one.partner_id), one.name) for one in sorted(known, key=lambda one: one.name.casefold()))


def people(ask: Asking, territory_id: UUID | None = None) -> tuple[Choice, ...]:
    """Who may be given a role: everyone who has an account, for whoever reads every territory.

    A territory's own pilot is shown those who hold a role there or none yet: who acts elsewhere is not their business.
    """
    accounts = [one for one in ask.services.accounts.accounts() if one.disabled_at is None]
    if ask.visitor.territories is not None:
        accounts = [one for one in accounts if _known_here(ask, one.person_id, territory_id)]
    ask.meet(one.person_id for one in accounts)
    return named((str(one.person_id), ask.person(one.person_id) or one.login) for one in accounts)


def _known_here(ask: Asking, person_id: UUID, territory_id: UUID | None) -> bool:
    held = {role.territory_id for role in ask.services.roles_of(person_id, ask.today)}
    return not held or territory_id in held


def profiles(ask: Asking) -> tuple[MethodProfile, ...]:
    """The published methods."""
    return which_partners_and_places_are_known.profiles(ask.connection)


def decisions(ask: Asking, territory_id: UUID) -> tuple[Choice, ...]:
    """The decisions of the territory's bodies, the latest first, as `decided_in` wants them."""
    meetings = what_the_committee_decided.meetings(ask.connection, territory_id)
    ask.open(meetings)
    listed = [
        (
            SEPARATOR.join((str(meeting.body.body_id), meeting.meeting_id, decision.reference.decision_id)),
            f"{ask.texts.long_date(meeting.held_on)} : {short(ask.said(decision.text), ask)}",
        )
        for meeting in sorted(meetings, key=lambda one: one.held_on, reverse=True)
        for decision in meeting.decisions
    ]
    return named(listed)


def for_convention(ask: Asking, convention_id: UUID, command: str) -> Options:
    """The choices of an act on a convention. Raises `UnknownStream`."""
    standing = where_conventions_stand.convention(ask.connection, convention_id, ask.today)
    if standing is None:
        raise UnknownStream(str(convention_id))
    profile = next(
        one for one in profiles(ask) if (one.name, one.version) == (standing.profile_name, standing.profile_version)
    )
    basis = what_the_plan_rests_on.basis(ask.connection, convention_id)
    signatures = which_signatures_are_missing.signatures(ask.connection, convention_id)
    ask.open(basis)
    signatory_ids = [one.partner_id for one in signatures.signatories] if signatures is not None else []
    signatories = named((str(one), ask.name(one)) for one in signatory_ids)
    # Those of this convention first: they are the ones most often meant.
    everyone = (*signatories, *(one for one in partners(ask) if one not in signatories))
    themes = words("theme", profile.themes)
    forums = [one for one in basis.forums if one.held_on is None]
    choices: dict[str, tuple[Choice, ...]] = {
        "partners": everyone,
        "recipients": everyone,
        "owner_id": everyone,
        "partners_present": everyone,
        "animators": (),
        "partner_id": signatories,
        "theme": themes,
        "themes": themes,
        "findings.theme": themes,
        "priority_id": named((one.priority_id, short(ask.said(one.title), ask)) for one in basis.priorities),
        "decided_in": decisions(ask, standing.territory_id),
        "mandate_kind": words(
            "mandate-kind", dict.fromkeys(kind for rule in profile.mandate_rules for kind in rule.mandate_kinds)
        ),
        "waived_rule": tuple(Choice(rule, Phrase(f"rule.{rule}")) for rule in profile.waivable_rules),
        "subject": themes,
        "sheets": named((str(one.sheet_id), short(ask.said(one.title), ask)) for one in basis.sheets),
        "action_statuses": (),
    }
    first: dict[str, str] = {}
    hidden: dict[str, str] = {}
    if command != "draft-action-sheet":
        del choices["priority_id"]
    else:
        hidden = {"convention_id": str(convention_id), "home_territory_id": str(standing.territory_id)}
    if command == "choose-priority":
        choices["findings"] = named(
            (one.finding_id, f"{ask.texts.t(f'theme.{one.theme}')} : {short(ask.said(one.statement), ask)}")
            for diagnosis in basis.diagnoses
            for one in diagnosis.findings
        )
        choices["forums"] = _forums(ask, [one for one in basis.forums if one.held_on is not None])
        choices["communes"] = ()
    if command == "record-forum" and forums:
        choices["forum_id"] = (Choice("", Phrase("page.form.other-forum")), *_forums(ask, forums))
    if command in ("record-meeting", "record-review"):
        bodies = what_the_committee_decided.bodies(ask.connection, standing.territory_id)
        listed = named((str(one.body_id), one.name) for one in bodies)
        choices["stream_id" if command == "record-meeting" else "body_id"] = listed
        if listed:
            first["stream_id" if command == "record-meeting" else "body_id"] = listed[0].value
    if command == "record-review":
        first |= _review(ask, standing, profile, choices)
        choices["action_statuses"] = choices["sheets"]
        choices["action_statuses.sheet_id"] = choices["sheets"]
        for number, sheet in enumerate(choices["sheets"]):
            first[f"action_statuses.{number}.sheet_id"] = sheet.value
    if command == "record-signature" and signatures is not None and signatures.texts:
        first["text_sha256"] = signatures.texts[-1].text_sha256
    return Options(choices, first, hidden)


def _forums(ask: Asking, forums: list[what_the_plan_rests_on.ForumTold]) -> tuple[Choice, ...]:
    return named(
        (
            one.forum_id,
            f"{ask.texts.join([ask.texts.t(f'theme.{theme}') for theme in one.themes])}, "
            f"{ask.texts.long_date(day) if (day := one.held_on or one.planned_on) else '…'}",
        )
        for one in forums
    )


def _review(
    ask: Asking,
    standing: where_conventions_stand.ConventionStanding,
    profile: MethodProfile,
    choices: dict[str, tuple[Choice, ...]],
) -> dict[str, str]:
    """The meetings that a review may cite, and the oldest period over and not reviewed."""
    meetings = what_the_committee_decided.meetings(ask.connection, standing.territory_id)
    latest = sorted(meetings, key=lambda one: one.held_on, reverse=True)
    choices["meeting_id"] = named((one.meeting_id, ask.texts.long_date(one.held_on)) for one in latest)
    choices["decisions"] = ()
    period = standing.standing.period
    if period is None:
        return {}
    done = {
        one.period.effective_from for one in what_the_committee_decided.reviews(ask.connection, standing.convention_id)
    }
    periods = review_periods(profile.review, period.effective_from, period.effective_to)
    over = [one for one in periods if one.last < ask.today and one.first not in done]
    if not over:
        return {"review_kind": "ANNUAL"}
    return {
        "review_kind": "ANNUAL",
        "period_starts_on": over[0].first.isoformat(),
        "period_ends_on": over[0].last.isoformat(),
    }


def for_territory(ask: Asking, territory_id: UUID, command: str) -> Options:
    """The choices of an act on a territory. Raises `UnknownStream`."""
    territory = which_partners_and_places_are_known.territory(ask.connection, territory_id)
    if territory is None:
        raise UnknownStream(str(territory_id))
    ask.visitor.look_at(territory_id)
    everyone = partners(ask)
    choices: dict[str, tuple[Choice, ...]] = {
        "partner_id": everyone,
        "signatories.partner_id": everyone,
        "holder_id": everyone,
        "person_id": people(ask, territory_id),
        "role": words("role", TERRITORY_ROLES),
    }
    first: dict[str, str] = {}
    hidden: dict[str, str] = {}
    if command == "constitute-steering-body":
        bodies = what_the_committee_decided.bodies(ask.connection, territory_id)
        choices["mandated_by"] = named((str(one.body_id), one.name) for one in bodies if one.kind in CONSTITUTED_BY)
        hidden["home_territory_id"] = str(territory_id)
        first["body_kind"] = "COPIL"
    if command == "open-convention":
        methods = profiles(ask)
        hidden["territory"] = str(territory_id)
        choices["profile_name"] = tuple(Choice(one.name, Phrase(one.title_key)) for one in methods)
        choices["profile_version"] = named((str(one.version), str(one.version)) for one in methods)
        choices["themes"] = words("theme", methods[-1].themes) if methods else ()
        choices["framework_id"] = named(
            (str(one.framework_id), one.name) for one in which_partners_and_places_are_known.frameworks(ask.connection)
        )
        choices["communes"] = named((one.insee, one.name) for one in territory.communes)
        choices["successor_of"] = choices["sub_perimeter_of"] = _conventions(ask, territory_id)
        first = _opening(ask, territory.siren, methods)
        if len(choices["framework_id"]) == 1:
            first["framework_id"] = choices["framework_id"][0].value
    if command == "change-perimeter":
        first = {"territory_name": territory.name, "legal_form": territory.legal_form}
        for number, commune in enumerate(territory.communes):
            first |= {
                f"communes.{number}.insee": commune.insee,
                f"communes.{number}.siren": commune.siren or "",
                f"communes.{number}.name": commune.name,
                f"communes.{number}.population": str(commune.population),
            }
    return Options(choices, first, hidden)


def _conventions(ask: Asking, territory_id: UUID) -> tuple[Choice, ...]:
    known = where_conventions_stand.conventions_of(ask.connection, (territory_id,), ask.today)
    return named(
        (str(one.convention_id), f"{one.period.effective_from.year}-{one.period.effective_to.year}")
        for one in known
        if one.convention_id is not None and one.period is not None
    )


def _opening(ask: Asking, siren: str, methods: tuple[MethodProfile, ...]) -> dict[str, str]:
    """What is proposed: next 1 January, the Caf and the collectivity that holds it, both required (R15)."""
    known = which_partners_and_places_are_known.partners(ask.connection, None)
    holder = next((one for one in known if one.siren == siren), None)
    caf = next((one for one in known if one.kind == "CAF"), None)
    first = {"effective_from": date(ask.today.year + 1, 1, 1).isoformat()}
    if methods:
        first |= {"profile_name": methods[-1].name, "profile_version": str(methods[-1].version)}
    if holder is not None:
        first["holder_id"] = str(holder.partner_id)
    for number, one in enumerate(each for each in (caf, holder) if each is not None):
        first |= {f"signatories.{number}.partner_id": str(one.partner_id), f"signatories.{number}.required": "true"}
    return first


def for_framework(ask: Asking, framework_id: UUID, command: str) -> Options:
    """The choices of an act on the framework."""
    places = which_partners_and_places_are_known.territories(ask.connection, None)
    return Options(
        {
            "partner_id": partners(ask),
            "attached_territory_id": named((str(one.territory_id), one.name) for one in places),
            "person_id": people(ask),
            "role": words("role", FRAMEWORK_ROLES),
        }
    )


def for_instance(ask: Asking, nothing: UUID | None, command: str) -> Options:
    """The choices of an act on the register of the instance."""
    places = which_partners_and_places_are_known.territories(ask.connection, None)
    methods = profiles(ask)
    everyone = partners(ask)
    return Options(
        {
            "home_territory_id": named((str(one.territory_id), one.name) for one in places),
            "signatories": everyone,
            "profile_name": tuple(Choice(one.name, Phrase(one.title_key)) for one in methods),
            "profile_version": named((str(one.version), str(one.version)) for one in methods),
        },
        {"profile_name": methods[-1].name, "profile_version": str(methods[-1].version)} if methods else {},
    )


PLACES: Mapping[str, Callable[[Asking, UUID, str], Options]] = {
    "conventions": for_convention,
    "territoires": for_territory,
    "cadre": for_framework,
}
"""Where acts are done, by the first word of their address."""

ACTS: Mapping[str, tuple[str, ...]] = {
    "conventions": (
        "record-engagement",
        "record-shared-diagnosis",
        "convene-forum",
        "record-forum",
        "record-meeting",
        "choose-priority",
        "draft-action-sheet",
        "validate-action-plan",
        "record-mandate",
        "record-signature",
        "activate-convention",
        "record-review",
        "grant-waiver",
    ),
    "territoires": ("open-convention", "constitute-steering-body", "assign-territory-role", "change-perimeter"),
    "cadre": ("sign-framework-convention", "attach-territory", "assign-framework-role"),
    "administration": (
        "register-partner",
        "register-territory",
        "open-framework-convention",
        "publish-method-profile",
    ),
}
"""Which acts have their form where."""
