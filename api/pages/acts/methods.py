"""Published methods."""

from __future__ import annotations

from api.pages.forms.places import REGISTER
from api.pages.forms.record import Form, Read
from api.pages.forms.typed import Typed
from domain.profiles import PublishMethodProfile, profile_stream
from workflows.methods.reader import ProfileError, read_profile
from workflows.texts import Texts


def _read(typed: Typed, texts: Texts) -> Read:
    """A method is typed as its file; every mistake in it is told with its line, its key and its remedy."""
    try:
        profile = read_profile(typed.one("profile"))
    except ProfileError as error:
        return Read(None, {"profile": " ".join(error.describe(texts))})
    return Read(PublishMethodProfile(stream_id=profile_stream(profile.name, profile.version), profile=profile))


PUBLISH_METHOD_PROFILE = Form(command=PublishMethodProfile, place=REGISTER, sections=("register",), read=_read)

FORMS = (PUBLISH_METHOD_PROFILE,)
