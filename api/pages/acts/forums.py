"""Forums, announced and held."""

from __future__ import annotations

from api.pages.contexts import Choice, Phrase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from api.pages.forms.typed import NEW
from domain.convention.forums import FORUM_FORMATS, CancelForum, ConveneForum, RecordForum


def _announced(case: ConventionCase) -> Choices | None:
    """The forums announced, and another one; nothing to choose where none was."""
    announced = case.forums(held=False)
    return (*announced, Choice(NEW, Phrase("page.form.other-forum"))) if announced else None


CONVENE_FORUM = Form(
    command=ConveneForum,
    place=CONVENTION,
    sections=("forums",),
    creates=("forum_id",),
    short=("place",),
    carries_version=True,
    fixed={"format": words("forum-format", FORUM_FORMATS)},
    choices={"themes": ConventionCase.themes},
)

CANCEL_FORUM = Form(
    command=CancelForum,
    place=CONVENTION,
    sections=("forums",),
    rank=1,
    own_motive=True,
    carries_version=True,
    choices={"forum_id": lambda case: case.forums(held=False)},
    needs={"forum_id": CONVENE_FORUM},
)

RECORD_FORUM = Form(
    command=RecordForum,
    place=CONVENTION,
    sections=("forums",),
    date_first=True,
    later=("outputs", "animators"),
    creates=("forum_id",),
    short=("place",),
    fixed={"format": words("forum-format", FORUM_FORMATS)},
    choices={"themes": ConventionCase.themes, "forum_id": _announced},
    example_fills=("cells_covered", "outputs"),
)

FORMS = (CONVENE_FORUM, RECORD_FORUM, CANCEL_FORUM)
