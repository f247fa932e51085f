# No `from __future__ import annotations` here: FastAPI reads the signatures that are made below.
"""One typed operation for each public command, made from the registry: `POST /api/v1/<collection>/{id}/<command>`."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Request
from pydantic import BaseModel, Field, create_model

from api.access import Visitor, policy, services_of
from api.errors import MissingIdempotencyKey, Problem, ProblemDetails, StaleVersion, explained
from api.joint_papers import open_to_each_body
from api.receiving import Operation, admitted
from api.schemas import INTEGER_LIMIT, LIST_LIMIT, PROSE_LIMIT, WRITTEN, Id, Integer, inside, model_of
from domain.kernel import COMMANDS, Command, Context, Correcting, Origin, Refused, VersionConflict
from domain.values import Evidence, InvalidValue, Prose, deterministic_id
from workflows.answers import Answer
from workflows.application import Steering
from workflows.texts import Texts
from workflows.texts.rules import NameOf

KEY_LIMIT = 200

MOST_VERSIONS = 10
"""Versions that one `If-Match` names, at most."""

IF_MATCH = r'^\s*(\*|"[0-9]{1,9}"(\s*,\s*"[0-9]{1,9}")*)\s*$'
"""The form of `If-Match`, for those who read the description."""


class EventRecorded(BaseModel):
    """An event that the command appended."""

    event_id: UUID
    type: str = Field(examples=["ctg.convention.forum-held"])
    version: int


class CommandAnswer(BaseModel):
    """The command was accepted. `notices` and `waived` are rules worth knowing; `irregularities` mark the fact."""

    stream_id: UUID
    version: int
    events: list[EventRecorded]
    notices: list[Problem]
    waived: list[Problem]
    irregularities: list[Problem]
    replayed: bool


ACCEPTED: dict[str, Any] = {
    "stream_id": str(deterministic_id("example", "stream_id")),
    "version": 8,
    "events": [
        {"event_id": str(deterministic_id("example", "event_id")), "type": "ctg.convention.forum-held", "version": 8}
    ],
    "notices": [],
    "waived": [],
    "irregularities": [],
    "replayed": False,
}
"""What is answered to a fact that was recorded, in its shape; the type is that of the act."""

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDetails, "description": text, "content": {"application/problem+json": {}}}
    for status, text in {
        400: "Demande illisible : les champs et les remèdes sont nommés",
        401: "Aucune clé valable",
        403: "Droit manquant (R33)",
        404: "Inconnu, ou d’un autre territoire",
        405: "Cette adresse ne fait pas cela ; l’en-tête Allow dit ce qu’elle fait",
        409: "Version attendue dépassée (R31)",
        412: "If-Match n’est plus la dernière version",
        413: "Plus grand que 2 Mo",
        415: "Le corps n’est pas du JSON en UTF-8",
        422: "Règle enfreinte, ou clé déjà employée pour une autre demande",
        500: "Une erreur de notre part : rien n’est enregistré",
        503: "Registre occupé ou injoignable : recommencez",
    }.items()
}


def context_of(
    request: Request,
    visitor: Visitor,
    *,
    key: str,
    reason: Prose | None,
    evidence: tuple[Evidence, ...],
    expected_version: int | None,
    corrects: Correcting | None = None,
) -> Context:
    """The circumstances of a command that came through a door."""
    clock = services_of(request).clock
    return Context(
        actor=visitor.actor,
        today=clock.today(),
        now=clock.now(),
        on_behalf_of=visitor.partner_id,
        reason=reason,
        evidence=evidence,
        expected_version=expected_version,
        corrects=corrects,
        idempotency_key=key,
        origin=Origin.TOOL if visitor.session is None else Origin.PERSON,
    )


def answer_model(answer: Answer, texts: Texts, name_of: NameOf) -> CommandAnswer:
    """The answer as the API gives it."""
    return CommandAnswer(
        stream_id=answer.stream_id,
        version=answer.version,
        events=[EventRecorded(event_id=one.event_id, type=one.topic, version=one.version) for one in answer.events],
        notices=explained(answer.notices, texts, name_of),
        waived=explained(answer.waived, texts, name_of),
        irregularities=explained(answer.irregular, texts, name_of),
        replayed=answer.replayed,
    )


def versions_of(if_match: str | None) -> tuple[int, ...]:
    """The versions that `If-Match` names (`"7"`, or several), the latest first; none when any will do.

    Raises `InvalidValue` for what names no version.
    """
    if if_match is None or if_match.strip() == "*":
        return ()
    found = [re.fullmatch(r'"([0-9]{1,9})"', part.strip()) for part in if_match.split(",")]
    if len(found) > MOST_VERSIONS or not all(found):
        raise InvalidValue("if-match", field="If-Match", value=if_match)
    return tuple(sorted({int(one[1]) for one in found if one}, reverse=True))


def execute_if(steering: Steering, command: Command, context: Context, versions: tuple[int, ...]) -> Answer:
    """Execute a command when its stream is at one of some versions. Raises `StaleVersion`, and as `execute` does."""
    latest, *others = versions
    try:
        return steering.execute(command, replace(context, expected_version=latest, or_versions=tuple(others)))
    except Refused as refused:
        if not any(isinstance(rule, VersionConflict) for rule in refused.broken):
            raise
        raise StaleVersion(refused) from refused


@cache
def router(name_of: Callable[[Request], NameOf]) -> APIRouter:
    """The operations of every public command; made once, for all the applications of a process."""
    made = APIRouter(route_class=Operation)
    labels = Texts("fr")
    for command in COMMANDS.values():
        if not command.INTERNAL:
            made.add_api_route(
                f"/{command.AGGREGATE.COLLECTION}/{{stream_id}}/{command.NAME}",
                _operation(command, name_of),
                methods=["POST"],
                operation_id=command.NAME,
                summary=labels.t(f"command.{command.NAME}"),
                description=(command.__doc__ or "").strip(),
                tags=[command.AGGREGATE.COLLECTION],
                response_model=CommandAnswer,
                responses={200: {"content": {"application/json": {"example": ACCEPTED}}}, **ERRORS},
            )
    return made


CORRECTS: Final = "corrects"
CASCADE: Final = "cascade"

_CORRECTING: Final[dict[str, Any]] = {
    CORRECTS: (
        Annotated[
            Id,
            Field(description="L’événement mal enregistré que cet acte redit (R28) ; le motif est exigé"),
        ]
        | None,
        None,
    ),
    CASCADE: (
        Annotated[
            list[Id],
            Field(
                description="Avec `corrects` : les événements qui tombent avec ce qui est corrigé, acceptés (R29)",
                max_length=LIST_LIMIT,
            ),
        ],
        Field(default_factory=list),
    ),
}
"""What the body of every act may say more: that it stands in the place of a mistake."""


_BODIES: Final[dict[str, type[BaseModel]]] = {}


def body_model_of(command: type[Command]) -> type[BaseModel]:
    """The fields of a command, with why and on which documents, and the version it was decided on. Made once."""
    if command.NAME not in _BODIES:
        _BODIES[command.NAME] = _body_model(command)
    return _BODIES[command.NAME]


def _body_model(command: type[Command]) -> type[BaseModel]:
    document: Any = model_of(Evidence)
    more: dict[str, Any] = {
        "reason": (Annotated[str, Field(max_length=PROSE_LIMIT, pattern=WRITTEN)] | None, None),
        "evidence": (Annotated[list[document], Field(max_length=50)], Field(default_factory=list)),
        "expected_version": (Annotated[Integer, Field(ge=0, le=INTEGER_LIMIT)] | None, None),
    }
    if command.RECORDS is not None:
        more |= _CORRECTING
    made: type[BaseModel] = create_model(
        f"{command.__name__}Request", __base__=model_of(command), __doc__=command.__doc__, **more
    )
    return made


def _corrects(values: dict[str, Any]) -> Correcting | None:
    """What a body says that it corrects, taken out of its values. Raises `InvalidValue` for a cascade of nothing."""
    target_id, cascade = values.pop(CORRECTS), tuple(values.pop(CASCADE))
    if target_id is None and cascade:
        raise InvalidValue("cascade-of-nothing", field=CASCADE)
    return Correcting(target_id, cascade) if target_id is not None else None


def given_by(
    request: Request, visitor: Visitor, command: type[Command], stream_id: UUID, body: BaseModel, key: str
) -> tuple[Command, Context]:
    """The command that a body gives, and its circumstances. Raises `InvalidValue`."""
    values = {name: getattr(body, name) for name in type(body).model_fields}
    reason, evidence, version = (values.pop(name) for name in ("reason", "evidence", "expected_version"))
    context = context_of(
        request,
        visitor,
        key=key,
        reason=Prose(reason) if reason else None,
        evidence=tuple(inside(Evidence, one) for one in evidence),
        expected_version=version,
        corrects=_corrects(values) if command.RECORDS is not None else None,
    )
    return inside(command, values, stream_id=stream_id), context


def _operation(command: type[Command], name_of: Callable[[Request], NameOf]) -> Callable[..., Any]:
    body_model: Any = body_model_of(command)

    @policy(command.NAME)
    def operation(
        request: Request,
        stream_id: Annotated[
            Id, Path(description="Ce sur quoi porte l’acte ; choisi par vous quand il commence quelque chose")
        ],
        body: body_model,
        visitor: Annotated[Visitor, Depends(admitted)],
        idempotency_key: Annotated[
            str | None,
            Header(description="Obligatoire : la même clé donne la même réponse, une seule fois", max_length=KEY_LIMIT),
        ] = None,
        if_match: Annotated[
            str | None,
            Header(
                description='La version décidée : `"7"` ; plusieurs avec des virgules, `*` pour toutes',
                json_schema_extra={"pattern": IF_MATCH},
                examples=['"7"'],
            ),
        ] = None,
    ) -> CommandAnswer:
        if not idempotency_key or not idempotency_key.strip():
            raise MissingIdempotencyKey
        given, context = given_by(request, visitor, command, stream_id, body, idempotency_key)
        versions, steering = versions_of(if_match), services_of(request).steering
        answer = execute_if(steering, given, context, versions) if versions else steering.execute(given, context)
        open_to_each_body(services_of(request), given, context)
        return answer_model(answer, visitor.texts, name_of(request))

    return operation
