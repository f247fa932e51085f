"""A file joined later to the fact that cites it: the very file, known by its fingerprint. It adds no fact.

A fact that cites no document is said again with one: that is its correction.
"""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Forbidden, Visitor, believe_the_clock, policy
from api.pages.addresses import DOCUMENTS, PATHS, TERRITORY
from api.pages.asking import asking
from api.pages.conventions import convention_at, territory_at
from api.pages.documents import Papers, documents_page
from api.pages.forms.uploads import Joined, Pair
from api.pages.sending import receive
from api.pages.territory_routes import drawn
from api.pages.view import View, view_of
from domain.policy import KEEP_FILE
from workflows.accepted_files import FileRefused
from workflows.application import UnknownStream
from workflows.file_folder import CannotKeep

CITED = "cited"


def install(app: FastAPI) -> None:
    """The address of a convention's documents, for who sends a file there."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        address = base + PATHS[DOCUMENTS]
        app.add_api_route(
            address,
            join,
            methods=["POST"],
            include_in_schema=False,
            response_model=None,
            dependencies=[Depends(believe_the_clock)],
        )


@policy(KEEP_FILE)
async def join(request: Request) -> Response:
    """Keep the file that a document of this page names."""
    return await receive(request, _join)


def _join(request: Request, visitor: Visitor, pairs: list[Pair], joined: list[Joined]) -> Response:
    sent = dict(pairs)
    cited = sent.get(CITED, "")
    with asking(request, visitor) as ask:
        territory_id = territory_at(ask, request.path_params["siren"])
        convention_id = convention_at(ask, territory_id, request.path_params.get("which"))
        if convention_id is None:
            raise UnknownStream(str(territory_id))
        if not visitor.may_here(KEEP_FILE, territory_id):
            raise Forbidden(KEEP_FILE)
        view = view_of(ask, convention_id)
        if visitor.session is None or not visitor.session.accepts(sent.get("csrf_token", "")):
            why = visitor.texts.t("page.form.aged")
        else:
            why = _kept(view, cited, joined)
        if why:

            def made(seen: View) -> object:
                return documents_page(seen, errors={cited: why})

            return drawn(ask, request, DOCUMENTS, territory_id, request.path_params.get("which"), made, code=400)
        return RedirectResponse(f"{view.home.page(DOCUMENTS)}?joint={cited}", 303)


def _kept(view: View, cited: str, joined: list[Joined]) -> str:
    """Keep the file where its fact belongs; why not, empty once it is kept."""
    ask, texts = view.ask, view.ask.texts
    known = {line.document.sha256 for lines in Papers(view).lines.values() for line in lines}
    if cited not in known:
        return texts.t("page.documents.not-cited")
    if not joined:
        return texts.t("page.documents.no-file")
    one = joined[0]
    try:
        ask.services.files.keep(one.data, one.name, view.dossier.territory_id, ask.services.clock.now(), cited)
    except FileRefused as refused:
        why = texts.word("file-refused", refused.why)
    except CannotKeep as cannot:
        why = texts.word("file-fault", cannot.why)
    else:
        return ""
    return texts.t("page.documents.not-kept", name=one.name, why=why)
