# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""Files kept as evidence, by tool: given under their fingerprint, and read again."""

import re
from email.message import EmailMessage
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.access import Forbidden, Visitor, believe_the_clock, policy, services_of
from api.commands import ERRORS
from api.file_answers import file_answer
from api.guard import allow_documents
from api.receiving import Operation, admitted
from domain.policy import KEEP_FILE, READ_CONVENTION
from domain.values import InvalidValue
from workflows.accepted_files.kinds import KINDS
from workflows.files import COMMON

BINARY: Final[dict[str, Any]] = {kind.media_type: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS}
Fingerprint = Annotated[
    str, Path(description="L’empreinte SHA-256 du fichier", pattern="^[0-9a-f]{64}$", examples=["9f86d081" * 8])
]


_EXAMPLE: Final = {"sha256": "9f86d081" * 8, "media_type": "application/pdf", "bytes": 182_400}


class FileKept(BaseModel):
    """A file that is kept, as facts may cite it in `evidence`."""

    sha256: str = Field(examples=["9f86d081" * 8])
    media_type: str = Field(examples=["application/pdf"])
    bytes: int = Field(examples=[182_400])


def router() -> APIRouter:
    """Giving a file, and reading it again."""
    made = APIRouter(route_class=Operation)
    made.add_api_route(
        "/files/{sha256}",
        keep,
        methods=["PUT"],
        dependencies=[Depends(believe_the_clock)],
        operation_id="keep-file",
        summary="garder un fichier comme preuve",
        tags=["files"],
        response_model=FileKept,
        responses={200: {"content": {"application/json": {"example": _EXAMPLE}}}, **ERRORS},
        openapi_extra={"requestBody": {"required": True, "content": BINARY}},
    )
    made.add_api_route(
        "/files/{sha256}",
        read,
        methods=["GET"],
        operation_id="file",
        summary="Un fichier gardé comme preuve",
        tags=["files"],
        response_class=Response,
        responses={200: {"content": BINARY, "description": "Le fichier"}, **ERRORS},
    )
    return made


@policy(KEEP_FILE)
async def keep(
    request: Request,
    sha256: Fingerprint,
    visitor: Annotated[Visitor, Depends(admitted)],
    territory_id: Annotated[UUID | None, Query(description="Le territoire qui pourra l’ouvrir")] = None,
    framework_id: Annotated[UUID | None, Query(description="La convention-cadre qui pourra l’ouvrir")] = None,
) -> FileKept:
    """Keep a file, so that facts which cite its fingerprint can be checked with it. The body is the file as it is; its
    name may be given in `Content-Disposition`. Sent again, it is kept once: no `Idempotency-Key` is asked for.

    A file that no fact cites goes after some days. The API refuses one that is not what its fingerprint says, macros,
    and whatever is neither PDF, nor an office file of today, nor PNG or JPEG (`file-refused`).
    """
    if (territory_id is None) == (framework_id is None):
        raise InvalidValue("territory-or-framework-of-file", field="territory_id")
    place_id = territory_id or framework_id or COMMON
    visitor.look_at(territory_id, framework_id)
    if not visitor.may_here(KEEP_FILE, territory_id, framework_id):
        raise Forbidden(KEEP_FILE)
    allow_documents(request)
    data, name = await request.body(), _name_of(request)
    services = services_of(request)
    kept = await run_in_threadpool(services.files.keep, data, name, place_id, services.clock.now(), sha256)
    return FileKept(sha256=kept.sha256, media_type=kept.kind.media_type, bytes=kept.size)


@policy(READ_CONVENTION)
def read(request: Request, sha256: Fingerprint, visitor: Annotated[Visitor, Depends(admitted)]) -> Response:
    """The file as it was given, for a key that may read where it belongs; any other does not exist."""
    return file_answer(request, visitor, sha256)


def _name_of(request: Request) -> str:
    """The name that `Content-Disposition` gives a file; empty where it gives none that can be read."""
    told = EmailMessage()
    said = request.headers.get("content-disposition", "")
    if re.fullmatch(r"[\x20-\x7e]{0,1000}", said):
        told["Content-Disposition"] = said
    return told.get_filename("")
