"""The method of a convention on its pages: which one, since when, those that it left, and moving it to another."""

from __future__ import annotations

from datetime import timedelta

from api.pages.contexts import Phrase
from api.pages.contexts.audit import MethodFollowed
from api.pages.view import View
from domain.convention.methods_followed import MethodKey, MethodsFollowed


def method_followed(view: View, *, with_acts: bool) -> MethodFollowed:
    """What the journal says of it; `with_acts`: as the convention stands now, not as of another day."""
    convention = view.dossier.convention
    followed = MethodsFollowed.of(convention)
    return MethodFollowed(
        Phrase("page.method", _named(view, convention.profile_key)),
        followed.since,
        tuple(
            Phrase("page.method.left", {**_named(view, one.method), "day": one.left_on - timedelta(days=1)})
            for one in reversed(followed.left)
        ),
        view.acts("method") if with_acts else (),
    )


def _named(view: View, key: MethodKey) -> dict[str, object]:
    method = view.ask.register.methods[key]
    return {"name": view.ask.texts.t(method.title_key), "version": method.version}
