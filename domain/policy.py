"""Who may do and read what: the one table (role x action x scope), shown to the administrator, denying by default.

R33: a partner (or its tool) writes only what is its own; milestones are recorded by the pilot, a co-pilot or the
cooperation officer of that territory. Each act on an opened convention is such a milestone; every other action has its
line. An action that is not in the table is allowed to nobody. `domain/entitlement.py` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from domain.kernel import COMMANDS, Command
from domain.roles import (
    ADMINISTRATOR,
    AUDITOR,
    BEARER,
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COMMITTEE_MEMBER,
    COOPERATION_OFFICER,
    DATA_OWNER,
    DATA_PROTECTION_CONTACT,
    ELECTED_REFERENT,
    ENGINE,
    FORUM_ANIMATOR,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
    MEETING_SECRETARY,
    PARTNER_ROLES,
    PILOT,
    PUBLIC,
)
from domain.values import Code


class Scope(Enum):
    """Where a role must be held for the action."""

    TERRITORY = "territory"
    """On the territory concerned, or on a framework that follows it."""
    FRAMEWORK = "framework"
    """On the framework concerned, or on one that follows the territory concerned."""
    INSTANCE = "instance"
    """On this installation."""
    PARTNER = "partner"
    """For the partner whose record it is, on the territory concerned or on a framework that follows it."""
    OWN = "own"
    """On the territory or framework concerned, about whoever acts and nobody else."""


@dataclass(frozen=True)
class Permission:
    """These roles may do this action in this scope."""

    action: Code
    roles: tuple[Code, ...]
    scope: Scope


READ_DEPARTMENT = Code("read-department")
READ_CONVENTION = Code("read-convention")
READ_AUDIT_TRAIL = Code("read-audit-trail")
READ_REFERENCE = Code("read-reference")
READ_POLICY = Code("read-policy")
CONVENTIONS: Final = "conventions"
"""Where the API keeps the streams of conventions."""

MANAGE_ACCOUNTS = Code("manage-accounts")
KEEP_FILE = Code("keep-file")
"""Giving a file to be kept as evidence by itself; with an act, the right to the act is enough."""
INVITE = Code("invite-people")
"""Opening an account for somebody who gets a role there: which role, the lines of that act say."""
OPEN_ACROSS_TERRITORIES = Code("open-across-territories")
"""Opening a convention whose perimeter reaches beyond its territory (several EPCI, a commune of another)."""
ASK_BY_LINK = Code("ask-by-link")
"""Asking whoever speaks for a partner, by a one-time link, for what is awaited of that partner."""
ABANDON_ALONE = Code("abandon-decision-alone")
"""Giving up a decision that no other decision gives up: whoever chairs."""
GIVE_PILOT = Code("give-pilot")
"""Giving or ending the role of pilot, of a territory or of a framework, whatever the act."""
GIVE_VOICE = Code("give-partner-voice")
"""Giving or ending a role that speaks for a partner, whatever the act."""

INSTANCE_ROLES: Final = (ADMINISTRATOR, AUDITOR, ENGINE)
"""The roles that reach everything when they are held on the instance; held there, any other reaches nothing."""

_STEERS = (PILOT, CO_PILOT, COOPERATION_OFFICER)
_FRAMEWORK = (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT)
_COMMITTEE = (COMMITTEE_CHAIR, COMMITTEE_MEMBER, ELECTED_REFERENT)
_LOCAL = (
    *_STEERS,
    *_COMMITTEE,
    *PARTNER_ROLES,
    CAF_ADVISER,
    MEETING_SECRETARY,
    FORUM_ANIMATOR,
    DATA_OWNER,
    DATA_PROTECTION_CONTACT,
    AUDITOR,
)
_WATCHES = (AUDITOR, DATA_PROTECTION_CONTACT)
_READERS = (*_LOCAL, *_FRAMEWORK)


def _allow(actions: str, roles: tuple[Code, ...], scope: Scope) -> tuple[Permission, ...]:
    return tuple(Permission(Code(action), roles, scope) for action in actions.split())


CHANGE_METHOD = Code("change-method")
"""Moving a convention to another method. Whoever has to keep its deadlines does not choose them: it is the framework's,
or the administrator's where there is none, and no local milestone."""

_AROUND_CONVENTIONS: Final = (
    *_allow(CHANGE_METHOD, (FRAMEWORK_PILOT,), Scope.FRAMEWORK),
    *_allow(CHANGE_METHOD, (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow("publish-method-profile register-territory change-perimeter", (ADMINISTRATOR,), Scope.INSTANCE),
    # Whoever attaches a territory to a framework gives the framework's people rights on it.
    *_allow(
        "register-partner merge-partners open-framework-convention sign-framework-convention attach-territory",
        (ADMINISTRATOR,),
        Scope.INSTANCE,
    ),
    *_allow("register-partner merge-partners sign-framework-convention", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow(
        "constitute-steering-body open-convention take-over-convention open-across-territories",
        _FRAMEWORK,
        Scope.FRAMEWORK,
    ),
    *_allow(
        "constitute-steering-body open-convention take-over-convention silence-deadline",
        _STEERS,
        Scope.TERRITORY,
    ),
    *_allow(
        "draft-action-sheet describe-action-sheet assign-action-owner schedule-action postpone-action abandon-action"
        " report-action-status complete-action estimate-budget"
        " plan-prototype record-prototype-test give-up-prototype",
        _STEERS,
        Scope.TERRITORY,
    ),
    *_allow("report-action-status complete-action", PARTNER_ROLES, Scope.PARTNER),
)
_ON_TERRITORY: Final = "assign-territory-role end-territory-role hand-over-territory-role"
_ON_FRAMEWORK: Final = "assign-framework-role end-framework-role hand-over-framework-role"
_ROLES: Final = (
    *_allow(INVITE, (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow(INVITE, _FRAMEWORK, Scope.FRAMEWORK),
    *_allow(INVITE, (PILOT, CO_PILOT), Scope.TERRITORY),
    *_allow(INVITE, PARTNER_ROLES, Scope.PARTNER),
    *_allow(f"{_ON_TERRITORY} {_ON_FRAMEWORK} confirm-territory-role", (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow(f"{_ON_TERRITORY} {_ON_FRAMEWORK} confirm-territory-role", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow(_ON_TERRITORY, (PILOT, CO_PILOT), Scope.TERRITORY),
    *_allow("confirm-territory-role", (CO_PILOT, COMMITTEE_CHAIR, ELECTED_REFERENT), Scope.TERRITORY),
    # A pilot and a partner's voices are given from above, the latter by the partner itself too.
    *_allow(f"{GIVE_PILOT} {GIVE_VOICE}", (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow(f"{GIVE_PILOT} {GIVE_VOICE}", (FRAMEWORK_PILOT,), Scope.FRAMEWORK),
    *_allow(f"{GIVE_VOICE} {_ON_TERRITORY}", PARTNER_ROLES, Scope.PARTNER),
    # Anybody may give up what they hold.
    *_allow("end-territory-role", _LOCAL, Scope.OWN),
    *_allow("end-framework-role", (*_FRAMEWORK, COMMITTEE_CHAIR, COMMITTEE_MEMBER, AUDITOR), Scope.OWN),
)
_OF_PLEDGES: Final = (
    "pledge-resource revise-pledge record-delivery record-pledge-default pledge-funding revise-funding record-payment"
    " record-supported-places state-claim-dates record-claim-sent"
)
_OF_DECISIONS: Final = "entrust-decision record-decision-done replace-decision abandon-decision record-arbitration"
_OF_FRAMEWORK_PLEDGES: Final = (
    "pledge-to-framework revise-framework-pledge record-framework-delivery record-framework-default"
)
_OF_TRAININGS: Final = "plan-training move-training cancel-training record-training"
_OF_PARTICIPATION: Final = (
    "record-contribution answer-contribution record-told-back open-proposals close-proposals triage-proposal"
    " open-space record-space-meeting close-space"
)
_OF_RECOMMENDATIONS: Final = "issue-recommendation decide-recommendation follow-recommendation"
_OF_DELEGATIONS: Final = "grant-delegation revoke-delegation use-delegation record-delegated-decision"
_OF_LEADS: Final = "assign-lead-role designate-coordinator share-lead-role resolve-lead-role"
_OF_DATA: Final = "promise-data record-data-received refuse-data"
_OF_FINDINGS: Final = "record-finding attach-evidence"
_OF_BODIES: Final = "give-steering-seat fill-steering-seat vacate-steering-seat end-steering-seat change-steering-rules"
_OF_MEETINGS: Final = "plan-meeting convene-meeting move-meeting cancel-meeting answer-invitation record-decision"
_OF_MINUTES: Final = "draft-minutes approve-minutes correct-minutes"
_OTHERS: Final = (
    *_allow(
        "define-indicator redefine-indicator retire-indicator record-measure answer-measure record-satisfaction",
        _STEERS,
        Scope.TERRITORY,
    ),
    # Whoever gives a value, and the owner of the data, who accepts what others propose.
    *_allow("record-measure answer-measure", PARTNER_ROLES, Scope.PARTNER),
    *_allow("record-measure answer-measure", (DATA_OWNER,), Scope.TERRITORY),
    *_allow(
        f"record-meeting decide-adjustment {_OF_MEETINGS} {_OF_MINUTES}",
        (*_STEERS, MEETING_SECRETARY),
        Scope.TERRITORY,
    ),
    *_allow(f"record-meeting {_OF_MEETINGS} {_OF_MINUTES} {_OF_BODIES}", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow(_OF_BODIES, _STEERS, Scope.TERRITORY),
    *_allow("approve-minutes", (COMMITTEE_CHAIR,), Scope.TERRITORY),
    # Whoever sits answers for their own seat.
    *_allow("answer-invitation", _READERS, Scope.OWN),
    *_allow(_OF_DECISIONS, (*_STEERS, MEETING_SECRETARY), Scope.TERRITORY),
    *_allow(_OF_DECISIONS, _FRAMEWORK, Scope.FRAMEWORK),
    # What is recommended and explained is a partner's own to say, and to answer; whoever steers writes it for it.
    *_allow(f"write-translation-note {_OF_RECOMMENDATIONS}", _STEERS, Scope.TERRITORY),
    *_allow(f"write-translation-note {_OF_RECOMMENDATIONS}", PARTNER_ROLES, Scope.PARTNER),
    *_allow("write-translation-note", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow("decide-recommendation follow-recommendation", (MEETING_SECRETARY,), Scope.TERRITORY),
    # Whoever sees to a decision says itself that it is done; what no decision gives up, only the chair does.
    *_allow("record-decision-done", PARTNER_ROLES, Scope.PARTNER),
    *_allow(f"abandon-decision {ABANDON_ALONE}", (COMMITTEE_CHAIR,), Scope.TERRITORY),
    *_allow(
        "record-mandate record-mandate-refusal record-mandate-withdrawal record-signature", PARTNER_ROLES, Scope.PARTNER
    ),
    # What a partner pledges, brings, delivers or does not keep is its own to say; whoever steers records it for it.
    *_allow(_OF_PLEDGES, PARTNER_ROLES, Scope.PARTNER),
    *_allow(_OF_PLEDGES, _STEERS, Scope.TERRITORY),
    *_allow(f"{_OF_FRAMEWORK_PLEDGES} {_OF_TRAININGS}", _FRAMEWORK, Scope.FRAMEWORK),
    # What people bring is written down by whoever listens; what becomes of it is said by whoever steers.
    *_allow(_OF_PARTICIPATION, _STEERS, Scope.TERRITORY),
    *_allow("record-contribution record-told-back record-space-meeting", (FORUM_ANIMATOR,), Scope.TERRITORY),
    # Anybody proposes where a territory opened its form (the act itself looks); whoever has a role there does at any
    # time, but for those who only look.
    *_allow("submit-proposal", (*(one for one in _LOCAL if one not in _WATCHES), PUBLIC), Scope.TERRITORY),
    *_allow("record-renewed-mandates", _STEERS, Scope.TERRITORY),
    *_allow("record-renewed-mandates", _FRAMEWORK, Scope.FRAMEWORK),
    # What a partner delegates is its own to give and to take back; whoever steers records it for it.
    *_allow(_OF_DELEGATIONS, PARTNER_ROLES, Scope.PARTNER),
    *_allow(_OF_DELEGATIONS, _STEERS, Scope.TERRITORY),
    *_allow(_OF_DELEGATIONS, _FRAMEWORK, Scope.FRAMEWORK),
    # Who leads is said and resolved by whoever steers; a partner contests it, and gives up what it leads, for itself.
    *_allow(f"{_OF_LEADS} end-lead-role contest-lead-role", _STEERS, Scope.TERRITORY),
    *_allow(f"{_OF_LEADS} end-lead-role contest-lead-role", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow("end-lead-role contest-lead-role withdraw-lead-contestation", PARTNER_ROLES, Scope.PARTNER),
    *_allow("withdraw-lead-contestation", (*_STEERS, *_FRAMEWORK), Scope.OWN),
    # What it was asked for a partner gives or refuses itself, or the owner of data there; whoever steers records it.
    *_allow(f"ask-for-data reuse-data {_OF_DATA} {_OF_FINDINGS}", _STEERS, Scope.TERRITORY),
    *_allow(
        "start-diagnosis publish-diagnosis-version plan-diagnosis-wave move-diagnosis-wave close-diagnosis-wave",
        _STEERS,
        Scope.TERRITORY,
    ),
    # A finding, and what shows it, is brought by any partner.
    *_allow(_OF_FINDINGS, PARTNER_ROLES, Scope.PARTNER),
    *_allow(_OF_DATA, (DATA_OWNER,), Scope.TERRITORY),
    *_allow(_OF_DATA, PARTNER_ROLES, Scope.PARTNER),
    # Whoever animated a forum gives back what was said there (D04): it proves nothing that a milestone rests on.
    *_allow("record-shared-forum-record", (FORUM_ANIMATOR,), Scope.TERRITORY),
    *_allow("keep-file", (*_STEERS, MEETING_SECRETARY, FORUM_ANIMATOR, *PARTNER_ROLES), Scope.TERRITORY),
    *_allow("keep-file", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow("keep-file", (ADMINISTRATOR,), Scope.INSTANCE),
    # Who may have recorded a fact may say that it was mistaken: that right is asked too (`Command.right`).
    *_allow("annul-event", (*_STEERS, MEETING_SECRETARY), Scope.TERRITORY),
    *_allow("annul-event", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow("annul-event", (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow("confirm-correction refuse-correction", (*_STEERS, CAF_ADVISER), Scope.TERRITORY),
    # A partner contests and takes back for itself; whoever steers records it for the partner, and takes back only that.
    *_allow("contest-record withdraw-contestation", PARTNER_ROLES, Scope.PARTNER),
    *_allow("contest-record", _STEERS, Scope.TERRITORY),
    *_allow("contest-record answer-contestation keep-contested-record", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow("withdraw-contestation", (*_STEERS, *_FRAMEWORK), Scope.OWN),
    *_allow(
        "answer-contestation",
        (*_STEERS, *_COMMITTEE, *PARTNER_ROLES, CAF_ADVISER, MEETING_SECRETARY),
        Scope.TERRITORY,
    ),
    *_allow("keep-contested-record", (*_STEERS, CAF_ADVISER), Scope.TERRITORY),
    *_allow(ASK_BY_LINK, _STEERS, Scope.TERRITORY),
    # What a one-time link may ever let do, within the role of whom it was sent to; all else is closed to its bearer.
    # Whoever sits somewhere and has no role there answers for that seat, as its bearer alone.
    *_allow("record-mandate record-mandate-refusal report-action-status record-claim-sent", (BEARER,), Scope.PARTNER),
    *_allow("confirm-correction refuse-correction read-convention", (BEARER,), Scope.TERRITORY),
    *_allow("answer-invitation", (BEARER,), Scope.OWN),
    # Whoever may not read a territory is told that it does not exist; the engine looks at all of them.
    *_allow(
        "read-convention sweep-agenda lapse-correction activate-convention expire-convention", (ENGINE,), Scope.INSTANCE
    ),
    *_allow("read-department read-convention read-audit-trail read-reference", _READERS, Scope.TERRITORY),
    *_allow("read-department read-convention read-audit-trail read-reference", (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow("read-policy manage-accounts", (ADMINISTRATOR,), Scope.INSTANCE),
)


def _is_milestone(command: type[Command]) -> bool:
    """Whether people record it on a convention that is open (R33); what the engine sends by itself is not theirs."""
    on_convention = command.AGGREGATE.COLLECTION == CONVENTIONS
    return on_convention and not (command.STARTS or command.INTERNAL or command.NAME == CHANGE_METHOD)


@cache
def permissions() -> tuple[Permission, ...]:
    """The whole table, once the domain is imported."""
    milestones = (one.NAME for one in COMMANDS.values() if _is_milestone(one))
    return (*_AROUND_CONVENTIONS, *_ROLES, *_allow(" ".join(milestones), _STEERS, Scope.TERRITORY), *_OTHERS)


@cache
def lines_of(action: str) -> tuple[Permission, ...]:
    """What the table says of one action."""
    return tuple(one for one in permissions() if one.action == action)
