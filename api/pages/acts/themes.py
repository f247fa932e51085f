"""The themes that a convention adds to those of its method."""

from __future__ import annotations

from api.pages.forms.options import YES_NO
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form
from domain.convention.themes import AddTheme
from domain.steering import THEMES_CHANGED

ADD_THEME = Form(
    command=AddTheme,
    place=CONVENTION,
    sections=("themes",),
    later=("decided_in",),
    creates=("theme_id",),
    carries_version=True,
    choices={"transverse": lambda case: YES_NO},
    proposes=lambda case: {"transverse": "false"},
    cites=Cited(THEMES_CHANGED),
    example={"name": "Vieillir chez soi"},
)

FORMS = (ADD_THEME,)
