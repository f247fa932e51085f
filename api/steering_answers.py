# No `from __future__ import annotations` here: FastAPI reads the signatures below.
"""What is asked of a whole framework and of how it is steered: what its committees decided, what was
delegated there, who leads."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request

from api.access import Visitor, policy, services_of
from api.finding import visible_framework
from api.reading import Asker, opened, reading
from api.schemas import Id
from domain.policy import READ_CONVENTION
from projections.engine import WholeFramework
from projections.what_a_framework_decided import framework_bodies
from projections.what_is_due.of_frameworks import framework_sheet
from projections.what_was_translated import notes
from projections.what_was_weighed import arbitrations
from projections.which_trainings_there_are import trainings
from projections.who_delegated_what import delegations
from projections.who_leads_what import leads
from workflows.application import UnknownStream

FrameworkId = Annotated[Id, Path(description="La convention-cadre")]


@policy(READ_CONVENTION)
def delegated_on_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """What partners delegated on the whole framework, to whom, until when."""
    history = of_framework(request, visitor, framework_id)
    with reading(request) as connection:
        return opened(request, connection, delegations(history, services_of(request).clock.today()))


@policy(READ_CONVENTION)
def leads_of_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """Who leads what on the whole framework, and what is contested of it."""
    history = of_framework(request, visitor, framework_id)
    with reading(request) as connection:
        return opened(request, connection, leads(history))


@policy(READ_CONVENTION)
def trainings_of_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """The trainings, form-actions and colloquiums of a framework: to come, delivered, who came, what is kept."""
    history = of_framework(request, visitor, framework_id)
    with reading(request) as connection:
        told = trainings(history.register, framework_id, services_of(request).clock.today())
        return opened(request, connection, told)


@policy(READ_CONVENTION)
def bodies_of_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """The committees of the whole framework, their meetings and their decisions."""
    history = of_framework(request, visitor, framework_id)
    with reading(request) as connection:
        return opened(request, connection, framework_bodies(history))


@policy(READ_CONVENTION)
def arbitrated_on_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """What the committees of the whole framework arbitrated, with what there was to choose from."""
    history = of_framework(request, visitor, framework_id)
    with reading(request) as connection:
        return opened(request, connection, arbitrations(history))


@policy(READ_CONVENTION)
def explained_on_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """Why what was asked from above became what is done on the whole framework."""
    history = of_framework(request, visitor, framework_id)
    with reading(request) as connection:
        return opened(request, connection, notes(history))


@policy(READ_CONVENTION)
def due_to_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """What is due to the whole framework, by when, and what was missed."""
    place, services = of_framework(request, visitor, framework_id), services_of(request)
    holidays = services.holidays.of(place.framework.department)
    with reading(request) as connection:
        return opened(request, connection, framework_sheet(place, services.clock.today(), holidays))


def of_framework(request: Request, visitor: Visitor, framework_id: UUID) -> WholeFramework:
    """A framework that the visitor may read, with what is of the whole of it. Raises `UnknownStream` for any other."""
    reader = services_of(request).reader
    register = reader.register()
    if framework_id not in register.frameworks or not visible_framework(visitor, register, framework_id):
        raise UnknownStream(str(framework_id))
    return reader.of_framework(framework_id)
