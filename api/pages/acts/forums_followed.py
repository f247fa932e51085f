"""A forum to come, and one that was held: invitations, who will come, another day, its record shared."""

from __future__ import annotations

from api.pages.acts.forums import CONVENE_FORUM, RECORD_FORUM
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.convention.expected_forums import INVITED_BY, MoveForum, RecordForumAttendance, RecordForumInvitation
from domain.convention.forum_records import SHARED_WITH, RecordSharedForumRecord


def _announced(case: ConventionCase) -> Choices:
    """The forums to come, then those that were announced and held: what came before one may be recorded after it."""
    known = {str(one.forum_id) for one in case.basis.forums if one.planned_on is not None}
    return tuple(one for one in (*case.forums(held=False), *case.forums(held=True)) if one.value in known)


MOVE_FORUM = Form(
    command=MoveForum,
    place=CONVENTION,
    sections=("forums",),
    rank=1,
    short=("place",),
    own_motive=True,
    carries_version=True,
    choices={"forum_id": lambda case: case.forums(held=False)},
    needs={"forum_id": CONVENE_FORUM},
)

RECORD_FORUM_INVITATION = Form(
    command=RecordForumInvitation,
    place=CONVENTION,
    sections=("forums",),
    rank=1,
    date_first=True,
    later=("recipients",),
    fixed={"invited_by": words("invited-by", INVITED_BY)},
    choices={"forum_id": _announced, "recipients": ConventionCase.near_partners},
    folded={"recipients": ConventionCase.far_partners},
    needs={"forum_id": CONVENE_FORUM},
    example={"invited_by": ["POSTER"]},
)

RECORD_FORUM_ATTENDANCE = Form(
    command=RecordForumAttendance,
    place=CONVENTION,
    sections=("forums",),
    rank=1,
    choices={"forum_id": _announced},
    needs={"forum_id": CONVENE_FORUM},
)

RECORD_SHARED_FORUM_RECORD = Form(
    command=RecordSharedForumRecord,
    place=CONVENTION,
    sections=("forums",),
    rank=1,
    date_first=True,
    fixed={"shared_with": words("shared-with", SHARED_WITH)},
    choices={"forum_id": lambda case: case.forums(held=True)},
    needs={"forum_id": RECORD_FORUM},
    example={"shared_with": ["USAGE"]},
)

FORMS = (MOVE_FORUM, RECORD_FORUM_INVITATION, RECORD_FORUM_ATTENDANCE, RECORD_SHARED_FORUM_RECORD)
