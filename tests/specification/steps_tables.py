"""A table that a territory keeps: read, answered, recorded by the ordinary acts of its rows."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.values import local_id
from tests.specification import french
from tests.specification.tables import TableOfScenario
from tests.specification.world import World


@step("le tableau suivant est lu :", target_fixture="table_of_scenario")
def _read(world: World, datatable: list[list[str]]) -> TableOfScenario:
    priority = (local_id(french.slug("Navette")), "Navette")
    partner = (str(world.partner("la Caf")), "la Caf")
    return TableOfScenario.of(datatable, (world.convention, world.territory_id), priority, partner)


@step("le tableau suivant est lu, ses colonnes écrites l'une sous l'autre :", target_fixture="table_of_scenario")
def _read_by_columns(world: World, datatable: list[list[str]]) -> TableOfScenario:
    """A table too wide to be read aloud by rows."""
    return _read(world, [list(row) for row in zip(*datatable, strict=True)])


@step(parsers.parse("la ligne {number} du tableau est lue"))
def _is_read(table_of_scenario: TableOfScenario, number: str) -> None:
    assert table_of_scenario.is_read(number)


@step(parsers.parse("la ligne {number} du tableau attend une réponse : « {words} »"))
def _waits(table_of_scenario: TableOfScenario, number: str, words: str) -> None:
    assert any(words in one for one in table_of_scenario.doubts(number))


@step(parsers.parse("la ligne {number} du tableau est refusée : « {words} »"))
def _is_refused(table_of_scenario: TableOfScenario, number: str, words: str) -> None:
    assert words in table_of_scenario.refused(number)


@step(parsers.parse("la réponse « {answer} » est donnée pour la cellule {cell}"))
def _answered(table_of_scenario: TableOfScenario, answer: str, cell: str) -> None:
    table_of_scenario.answers[cell] = answer


@step("les lignes lues du tableau sont enregistrées")
def _recorded(world: World, table_of_scenario: TableOfScenario) -> None:
    acts = table_of_scenario.acts()
    assert acts
    for act in acts:
        world.act(act)
        assert world.outcome.accepted, world.outcome
